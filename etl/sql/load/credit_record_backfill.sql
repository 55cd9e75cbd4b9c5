-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged credit_record records of a back-fill, each of which became known
-- at its own moment: a version takes its place in the order of knowledge.
-- Run inside the batch's transaction instead of credit_record.sql. Row counts of the last four
-- statements: identical, replaced, superseded, current.

-- Records with more than one version, stored or staged; the others need no order. Counted, so that
-- a few are looked up in the history and many are joined with it.
CREATE TEMP TABLE touched ON COMMIT DROP AS
SELECT id FROM stage WHERE version > 0
UNION
SELECT f.id
  FROM credit_record f
 WHERE f.id IN (SELECT id FROM stage);
ANALYZE touched;

-- Their versions in the order of knowledge, without staged ones that say what was known already.
-- Each was known until the next became known.
CREATE TEMP TABLE timeline ON COMMIT DROP AS
WITH version AS (
    SELECT 'past' AS place, p.entity_id, p.id, p.batch_id, p.line, p.known_at,
           p.known_until, p.content_hash
      FROM credit_record_past p JOIN touched USING (id)
    UNION ALL
    SELECT 'current', f.entity_id, f.id, f.batch_id, f.line, f.known_at, NULL,
           f.content_hash
      FROM credit_record f JOIN touched USING (id)
    UNION ALL
    SELECT 'stage', s.entity_id, s.id, s.batch_id, s.line, s.known_at, NULL,
           s.content_hash
      FROM stage s JOIN touched USING (id)
), ordered AS (
    SELECT *, place = 'stage'
              AND content_hash IS NOT DISTINCT FROM lag(content_hash) OVER one AS known
      FROM version
    WINDOW one AS (PARTITION BY id
                   ORDER BY known_at, place = 'stage', known_until, batch_id, line)
)
SELECT place, entity_id, id, batch_id, line,
       lead(known_at) OVER one AS until, lead(batch_id) OVER one AS replaced_by
  FROM ordered
 WHERE NOT known
WINDOW one AS (PARTITION BY id
               ORDER BY known_at, place = 'stage', known_until, batch_id, line);
ANALYZE timeline;

-- A stored version ends where a staged one begins.
UPDATE credit_record_past p
   SET known_until = t.until, replaced_by = t.replaced_by
  FROM timeline t
 WHERE t.place = 'past' AND t.entity_id = p.entity_id AND t.id = p.id
   AND t.batch_id = p.batch_id AND t.line = p.line
   AND p.known_until <> t.until;

-- Identical: what was known already.
DELETE FROM stage s
 USING touched x
 WHERE x.id = s.id
   AND NOT EXISTS (SELECT FROM timeline t
                    WHERE t.place = 'stage' AND t.id = s.id AND t.line = s.line);

-- Replaced: current versions that are not the last to be known any more.
WITH replaced AS (
    DELETE FROM credit_record f
     USING timeline t
     WHERE t.place = 'current' AND t.until IS NOT NULL
       AND t.entity_id = f.entity_id AND t.id = f.id
    RETURNING t.until, t.replaced_by, f.*
)
INSERT INTO credit_record_past SELECT * FROM replaced;

-- Superseded: staged versions that are not the last to be known.
WITH superseded AS (
    DELETE FROM stage s
     USING timeline t
     WHERE t.place = 'stage' AND t.until IS NOT NULL
       AND t.id = s.id AND t.line = s.line
    RETURNING t.until, t.replaced_by, s.*
)
INSERT INTO credit_record_past
SELECT until, replaced_by, entity_id, id, record_key, record_kind, occurred_on, severity,
       amount_fen, document_no, agency, legal_basis, detail, grade, publicity_until, repaired_on,
       annulled_on, ended_on, batch_id, line, known_at, content_hash, decision_id
  FROM superseded;

-- Current: the last version of each record.
INSERT INTO credit_record
SELECT entity_id, id, record_key, record_kind, occurred_on, severity, amount_fen, document_no,
       agency, legal_basis, detail, grade, publicity_until, repaired_on, annulled_on, ended_on,
       batch_id, line, known_at, content_hash, decision_id
  FROM stage
