-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged inspection records; replaced versions go to inspection_past first.
-- Run inside the batch's transaction. Row counts, in order: 1 identical, 2 clock, 3 versions,
-- 4 replaced, 5 superseded inside the batch, 6 current.

-- 1. What we know already.
DELETE FROM stage s
 USING inspection f
 WHERE s.version = 0 AND f.entity_id = s.entity_id AND f.id = s.id
   AND f.content_hash = s.content_hash;

-- 2. Knowledge never runs backwards: a replacement is known at the earliest when the replaced was.
UPDATE stage s
   SET known_at = f.known_at
  FROM inspection f
 WHERE f.id = s.id AND s.known_at < f.known_at;

-- 3. The few keys with several versions in this batch.
CREATE TEMP TABLE several ON COMMIT DROP AS
SELECT id, version, known_at
  FROM stage
 WHERE id IN (SELECT id FROM stage WHERE version > 0);

-- 4. Current versions give way to the first new one. By id alone: the subject may have changed.
WITH replaced AS (
    DELETE FROM inspection f
     USING stage s
     WHERE f.id = s.id
       AND NOT EXISTS (SELECT FROM several e WHERE e.id = s.id AND e.version = s.version - 1)
    RETURNING s.known_at AS known_until, s.batch_id AS replaced_by, f.*
)
INSERT INTO inspection_past SELECT * FROM replaced;

-- 5. Versions that a later line of the same batch replaces.
INSERT INTO inspection_past
SELECT greatest(l.known_at, s.known_at), s.batch_id,
       s.entity_id, s.id, s.record_key, s.occurred_on, s.check_kind, s.matter_id,
       s.department_id, s.inspector_ids, s.outcome, s.severity, s.violation_count,
       s.result_codes, s.plan_row_id, s.notice_no, s.enforcement_code, s.published_on,
       s.batch_id, s.line, s.known_at, s.content_hash
  FROM stage s
  JOIN several l ON l.id = s.id AND l.version = s.version + 1;

-- 6. The last version is the current one.
INSERT INTO inspection
SELECT entity_id, id, record_key, occurred_on, check_kind, matter_id, department_id,
       inspector_ids, outcome, severity, violation_count, result_codes, plan_row_id,
       notice_no, enforcement_code, published_on, batch_id, line, known_at, content_hash
  FROM stage s
 WHERE NOT EXISTS (SELECT FROM several l WHERE l.id = s.id AND l.version = s.version + 1)
