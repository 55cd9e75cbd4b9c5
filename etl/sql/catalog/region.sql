-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the shipped regions take the place of what an earlier version shipped; rows that a user
-- loaded (batch_id set) stay as they are.
INSERT INTO region (region_code, valid_from, valid_to, name, region_kind, parent, content_hash)
SELECT region_code, valid_from, valid_to, name, region_kind, parent, content_hash
  FROM shipped_region
ON CONFLICT (region_code, valid_from) DO UPDATE
   SET valid_to = EXCLUDED.valid_to, name = EXCLUDED.name, region_kind = EXCLUDED.region_kind,
       parent = EXCLUDED.parent, content_hash = EXCLUDED.content_hash
 WHERE region.batch_id IS NULL AND region.content_hash IS DISTINCT FROM EXCLUDED.content_hash
