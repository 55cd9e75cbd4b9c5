-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rejects that can be given back and replayed, files that are refused, the quality of what came in,
-- and which credit records are of one decision.

-- encoding, delimiter and header: how the rejects are kept, which is how the file was written where it
-- is CSV; of other formats the columns are kept as CSV in UTF-8. columns: their names as a CSV record.
-- replay_of: the batch whose rejects went through the mapping again; file, hash,
-- lines are those of that batch. A refused batch stored nothing but its rejects: withheld counts the
-- records that could have been stored. NULLs: batches from before this migration.
ALTER TABLE load_batch
    ADD COLUMN encoding  text,
    ADD COLUMN delimiter text,
    ADD COLUMN header    bytea,
    ADD COLUMN columns   text,
    ADD COLUMN format    text,
    ADD COLUMN replay_of bigint REFERENCES load_batch (batch_id),
    ADD COLUMN refused   boolean NOT NULL DEFAULT false,
    ADD COLUMN withheld  bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT load_batch_check,
    ADD CONSTRAINT load_batch_account
        CHECK (rows_in = inserted + updated + identical + rejected + withheld);

-- record: the bytes of the row in the file's encoding, as they stand there unless the mapping drops
-- columns, which are then blank; NULL: not kept (columns are dropped and the row cannot be told
-- apart into columns). taken_by: the batch that took the row in, or read the whole file again.
ALTER TABLE load_reject
    ADD COLUMN record   bytea,
    ADD COLUMN taken_by bigint REFERENCES load_batch (batch_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX load_reject_open ON load_reject (batch_id, reject_id) WHERE taken_by IS NULL;

-- What a batch was like, written with it. duplicates: records whose key the batch had before;
-- newest_on: the last day on which something in it happened; reasons: rejects by reason; filled: of
-- the rows that were read, how many have the field.
CREATE TABLE load_quality (
    batch_id   bigint PRIMARY KEY
               REFERENCES load_batch (batch_id) DEFERRABLE INITIALLY DEFERRED,
    loaded_on  date NOT NULL,              -- in the register's zone
    duplicates bigint NOT NULL,
    newest_on  date,
    reasons    jsonb NOT NULL,
    filled     jsonb NOT NULL
);
CREATE INDEX load_quality_loaded_on ON load_quality (loaded_on);

-- The identity of a decision by record kind, number and agency as they are compared, computed when
-- a record is loaded (models/credit/decision.h). The same for records stored before.
CREATE FUNCTION decision_name(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(upper(translate(value,
               '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠'
               'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀'
               'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～',
               '!"#$%&''()*+,-./0123456789:;<=>?@'
               'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`'
               'abcdefghijklmnopqrstuvwxyz{|}~') COLLATE "C"),
           '[]{}〔〕【】﹝﹞〈〉《》—–‐−' || U&'\3000\00A0\200B\FEFF' || E' \t\n\v\f\r',
           '()()()()()()()----')
$$;

CREATE FUNCTION decision_id(record_kind text, document_no text, agency text)
RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN number ~ '[0-9]' AND agency_name <> ''
           THEN ('x' || left(encode(sha256(convert_to(
                     record_kind || ':' || number || ':' || agency_name, 'UTF8')), 'hex'), 16)
                )::bit(64)::bigint & 9223372036854775807 END
      FROM (SELECT regexp_replace(regexp_replace(regexp_replace(decision_name(document_no),
                       '第([0-9])', '\1', 'g'),
                       '(^|[^0-9])0+([0-9])', '\1\2', 'g'), '[号號]$', '') AS number,
                   decision_name(agency) AS agency_name) n
$$;

ALTER TABLE credit_record ADD COLUMN decision_id bigint;
ALTER TABLE credit_record_past ADD COLUMN decision_id bigint;
UPDATE credit_record SET decision_id = decision_id(record_kind, document_no, agency)
 WHERE document_no IS NOT NULL AND agency IS NOT NULL;
UPDATE credit_record_past SET decision_id = decision_id(record_kind, document_no, agency)
 WHERE document_no IS NOT NULL AND agency IS NOT NULL;
