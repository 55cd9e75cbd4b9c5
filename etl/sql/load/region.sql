-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged region records, which have no history: the last version is kept.
-- Run inside the batch's transaction. Row counts of the four statements: identical, replaced,
-- superseded inside the batch, current.

-- Identical: what we know already.
DELETE FROM stage s
 USING region f
 WHERE s.version = 0 AND f.content_hash = s.content_hash
   AND f.region_code = s.region_code
   AND f.valid_from = s.valid_from;

-- Replaced: the current versions of the records that are left.
DELETE FROM region f
 USING stage s
 WHERE f.region_code = s.region_code
   AND f.valid_from = s.valid_from;

-- Superseded: versions that a later line of the batch replaces.
DELETE FROM stage s
 USING stage l
 WHERE l.version > 0 AND l.id = s.id AND l.version = s.version + 1;

-- Current: the last version of each record.
INSERT INTO region
SELECT region_code, valid_from, valid_to, name, region_kind, parent, batch_id, line, known_at,
       content_hash
  FROM stage
