-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged department records; the last version of a key is the one that is kept.
-- Run inside the batch's transaction. Row counts, in order: 1 identical, 2 clock (none), 3 versions,
-- 4 replaced, 5 superseded inside the batch, 6 current.

-- 1. What we know already.
DELETE FROM stage s
 USING department f
 WHERE s.version = 0 AND f.department_id = s.department_id
   AND f.content_hash = s.content_hash;

-- 2. These records carry no history, so their clock needs no mending.
UPDATE stage SET known_at = known_at WHERE false;

-- 3. The few keys with several versions in this batch.
CREATE TEMP TABLE several ON COMMIT DROP AS
SELECT id, version
  FROM stage
 WHERE id IN (SELECT id FROM stage WHERE version > 0);

-- 4. Current versions give way.
DELETE FROM department f
 USING stage s
 WHERE f.department_id = s.department_id
   AND NOT EXISTS (SELECT FROM several e WHERE e.id = s.id AND e.version = s.version - 1);

-- 5. Versions that a later line of the same batch replaces.
DELETE FROM stage s
 USING several l
 WHERE l.id = s.id AND l.version = s.version + 1;

-- 6. The last version is the current one.
INSERT INTO department
SELECT department_id, name, region_code, batch_id, line, known_at, content_hash
  FROM stage
