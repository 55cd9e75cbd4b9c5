-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: merge the staged recusal records, which have no history: the last version is kept.
-- Run inside the batch's transaction. Row counts of the four statements: identical, replaced,
-- superseded inside the batch, current. Lines that name an entity by two of its numbers are the same
-- record, so neither the staged id nor the content hash, which have the number, can tell.

-- Identical: what we know already.
DELETE FROM stage s
 USING recusal f
 WHERE s.version = 0 AND f.reason = s.reason
   AND f.entity_id = s.entity_id AND f.inspector_id = s.inspector_id;

-- Replaced: the current versions of the records that are left.
DELETE FROM recusal f
 USING stage s
 WHERE f.entity_id = s.entity_id AND f.inspector_id = s.inspector_id;

-- Superseded: versions that a later line of the batch replaces.
DELETE FROM stage s
 USING stage l
 WHERE l.entity_id = s.entity_id AND l.inspector_id = s.inspector_id AND l.line > s.line;

-- Current: the last version of each record.
INSERT INTO recusal
SELECT entity_id, inspector_id, reason, batch_id, line, known_at, content_hash
  FROM stage
