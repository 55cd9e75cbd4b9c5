-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged department records, which have no history: the last version is kept.
-- Run inside the batch's transaction. Row counts of the four statements: identical, replaced,
-- superseded inside the batch, current.

-- Identical: what we know already.
DELETE FROM stage s
 USING department f
 WHERE s.version = 0 AND f.content_hash = s.content_hash
   AND f.department_id = s.department_id;

-- Replaced: the current versions of the records that are left.
DELETE FROM department f
 USING stage s
 WHERE f.department_id = s.department_id;

-- Superseded: versions that a later line of the batch replaces.
DELETE FROM stage s
 USING stage l
 WHERE l.version > 0 AND l.id = s.id AND l.version = s.version + 1;

-- Current: the last version of each record.
INSERT INTO department
SELECT department_id, name, region_code, batch_id, line, known_at, content_hash
  FROM stage
