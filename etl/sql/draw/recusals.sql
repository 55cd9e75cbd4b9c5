-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: recusals known on a day, of entities where the plan draws. Parameters: the moment at which
-- the day is over, region codes (array or NULL). Columns: inspector_id, entity code.
WITH known_entity AS (
    SELECT entity_id, code, region_code
      FROM entity
     WHERE known_at < $1::timestamptz
    UNION ALL
    SELECT entity_id, code, region_code
      FROM entity_past
     WHERE known_at < $1::timestamptz AND known_until >= $1::timestamptz
)
SELECT r.inspector_id, e.code
  FROM recusal r
  JOIN known_entity e ON e.entity_id = r.entity_id
 WHERE r.known_at < $1::timestamptz
   AND ($2::text[] IS NULL OR e.region_code = ANY ($2::text[]))
