-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged credit_record records; replaced versions go to credit_record_past.
-- Run inside the batch's transaction, whose records all became known at one moment. Row counts of
-- the last four statements: identical, replaced, superseded inside the batch, current.

-- What is stored of the staged records. By id alone: its subject may have changed.
CREATE TEMP TABLE known ON COMMIT DROP AS
SELECT f.entity_id, f.id, f.content_hash, f.known_at
  FROM credit_record f
 WHERE f.id IN (SELECT id FROM stage);

-- Knowledge never runs backwards: a replacement is known at the earliest when the replaced was.
UPDATE stage s
   SET known_at = k.known_at
  FROM known k
 WHERE k.id = s.id AND s.known_at < k.known_at;

-- Identical: what we know already.
DELETE FROM stage s
 USING known k
 WHERE s.version = 0 AND k.entity_id = s.entity_id AND k.id = s.id
   AND k.content_hash = s.content_hash;

-- Replaced: the current versions of the records that are left.
WITH replaced AS (
    DELETE FROM credit_record f
     USING known k, stage s
     WHERE f.entity_id = k.entity_id AND f.id = k.id AND s.id = k.id
    RETURNING s.known_at AS known_until, s.batch_id AS replaced_by, f.*
)
INSERT INTO credit_record_past SELECT * FROM replaced;

-- Superseded: versions that a later line of the batch replaces.
WITH superseded AS (
    DELETE FROM stage s
     USING stage l
     WHERE l.version > 0 AND l.id = s.id AND l.version = s.version + 1
    RETURNING s.*
)
INSERT INTO credit_record_past
SELECT known_at, batch_id, entity_id, id, record_key, record_kind, occurred_on, severity,
       amount_fen, document_no, agency, legal_basis, detail, grade, publicity_until, repaired_on,
       annulled_on, ended_on, batch_id, line, known_at, content_hash, decision_id
  FROM superseded;

-- Current: the last version of each record.
INSERT INTO credit_record
SELECT entity_id, id, record_key, record_kind, occurred_on, severity, amount_fen, document_no,
       agency, legal_basis, detail, grade, publicity_until, repaired_on, annulled_on, ended_on,
       batch_id, line, known_at, content_hash, decision_id
  FROM stage
