-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged entity records; replaced versions go to entity_past.
-- Run inside the batch's transaction, whose records all became known at one moment. Row counts of
-- the last four statements: identical, replaced, superseded inside the batch, current.

-- A stub holds no facts of its own: the registered entity takes its place.
DELETE FROM entity f
 USING stage s
 WHERE f.entity_id = s.entity_id AND NOT f.registered;

-- What is stored of the staged records.
CREATE TEMP TABLE known ON COMMIT DROP AS
SELECT f.entity_id, f.content_hash, f.known_at
  FROM entity f
 WHERE f.registered AND f.entity_id IN (SELECT entity_id FROM stage);

-- Knowledge never runs backwards: a replacement is known at the earliest when the replaced was.
UPDATE stage s
   SET known_at = k.known_at
  FROM known k
 WHERE k.entity_id = s.entity_id AND s.known_at < k.known_at;

-- Identical: what we know already.
DELETE FROM stage s
 USING known k
 WHERE s.version = 0 AND k.entity_id = s.entity_id
   AND k.content_hash = s.content_hash;

-- Replaced: the current versions of the records that are left.
WITH replaced AS (
    DELETE FROM entity f
     USING known k, stage s
     WHERE f.entity_id = k.entity_id AND s.entity_id = k.entity_id
    RETURNING s.known_at AS known_until, s.batch_id AS replaced_by, f.*
)
INSERT INTO entity_past SELECT * FROM replaced;

-- Superseded: versions that a later line of the batch replaces.
WITH superseded AS (
    DELETE FROM stage s
     USING stage l
     WHERE l.version > 0 AND l.entity_id = s.entity_id AND l.version = s.version + 1
    RETURNING s.*
)
INSERT INTO entity_past
SELECT known_at, batch_id, entity_id, scheme, code, registered, jurisdiction, name, entity_type,
       status, region_code, industry_code, registered_on, ended_on, capital_fen, employees, address,
       licence_tags, batch_id, line, known_at, content_hash
  FROM superseded;

-- Current: the last version of each record.
INSERT INTO entity
SELECT entity_id, scheme, code, registered, jurisdiction, name, entity_type, status, region_code,
       industry_code, registered_on, ended_on, capital_fen, employees, address, licence_tags,
       batch_id, line, known_at, content_hash
  FROM stage
