-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: an entity and those one relation away, as an array for register.sql.
-- Parameters: entity_id, the moment at which the day is over. Columns: the array as text.
SELECT array_agg(DISTINCT n.id)::text
  FROM (SELECT $1::bigint AS id
        UNION ALL
        SELECT related_entity_id FROM relation
         WHERE entity_id = $1::bigint AND known_at < $2::timestamptz
        UNION ALL
        SELECT entity_id FROM relation
         WHERE related_entity_id = $1::bigint AND known_at < $2::timestamptz
        UNION ALL
        SELECT related_entity_id FROM relation_past
         WHERE entity_id = $1::bigint AND known_at < $2::timestamptz
        UNION ALL
        SELECT entity_id FROM relation_past
         WHERE related_entity_id = $1::bigint AND known_at < $2::timestamptz) n
