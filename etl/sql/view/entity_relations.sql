-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the relations of an entity in both directions ("to": the record names it first) with
-- those at the other end that the scope shows. Parameters: 1 entity_id, 2 rows, 3 region of the
-- scope, 4 score table.
WITH found AS MATERIALIZED (
    SELECT 'to' AS direction, related_entity_id AS other_id, relation_kind, valid_from, valid_to,
           record_key, batch_id, line, known_at
      FROM relation
     WHERE entity_id = $1
    UNION ALL
    SELECT 'from', entity_id, relation_kind, valid_from, valid_to, record_key, batch_id, line,
           known_at
      FROM relation
     WHERE related_entity_id = $1 AND entity_id <> $1
)
SELECT f.relation_kind, f.direction, e.scheme, e.code, e.name, c.class, f.valid_from, f.valid_to,
       f.record_key AS key, f.known_at, s.source, b.file_name AS file, f.line
  FROM found f
  JOIN entity e ON e.entity_id = f.other_id
  LEFT JOIN score_both c ON c.entity_id = f.other_id AND c.score_table = $4
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 WHERE $3::text IS NULL OR e.region_code = $3
 ORDER BY f.relation_kind, f.direction, e.scheme, e.code, f.record_key
 LIMIT $2
