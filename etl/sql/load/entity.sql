-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged entity records; replaced versions go to entity_past first.
-- Run inside the batch's transaction. Row counts, in order: 1 identical, 2 clock, 3 versions,
-- 4 replaced, 5 superseded inside the batch, 6 current.

-- A stub holds no facts of its own: the registered entity takes its place.
DELETE FROM entity f
 USING stage s
 WHERE f.entity_id = s.entity_id AND NOT f.registered;

-- 1. What we know already.
DELETE FROM stage s
 USING entity f
 WHERE s.version = 0 AND f.entity_id = s.entity_id AND f.content_hash = s.content_hash;

-- 2. Knowledge never runs backwards: a replacement is known at the earliest when the replaced was.
UPDATE stage s
   SET known_at = f.known_at
  FROM entity f
 WHERE f.entity_id = s.entity_id AND s.known_at < f.known_at;

-- 3. The few keys with several versions in this batch.
CREATE TEMP TABLE several ON COMMIT DROP AS
SELECT entity_id, version, known_at
  FROM stage
 WHERE entity_id IN (SELECT entity_id FROM stage WHERE version > 0);

-- 4. Current versions give way to the first new one.
WITH replaced AS (
    DELETE FROM entity f
     USING stage s
     WHERE f.entity_id = s.entity_id
       AND NOT EXISTS (SELECT FROM several e
                        WHERE e.entity_id = s.entity_id AND e.version = s.version - 1)
    RETURNING s.known_at AS known_until, s.batch_id AS replaced_by, f.*
)
INSERT INTO entity_past SELECT * FROM replaced;

-- 5. Versions that a later line of the same batch replaces.
INSERT INTO entity_past
SELECT greatest(l.known_at, s.known_at), s.batch_id,
       s.entity_id, s.scheme, s.code, s.registered, s.jurisdiction, s.name, s.entity_type,
       s.status, s.region_code, s.industry_code, s.registered_on, s.ended_on,
       s.capital_fen, s.employees, s.address, s.licence_tags, s.batch_id, s.line,
       s.known_at, s.content_hash
  FROM stage s
  JOIN several l ON l.entity_id = s.entity_id AND l.version = s.version + 1;

-- 6. The last version is the current one.
INSERT INTO entity
SELECT entity_id, scheme, code, registered, jurisdiction, name, entity_type, status,
       region_code, industry_code, registered_on, ended_on, capital_fen, employees,
       address, licence_tags, batch_id, line, known_at, content_hash
  FROM stage s
 WHERE NOT EXISTS (SELECT FROM several l
                    WHERE l.entity_id = s.entity_id AND l.version = s.version + 1)
