-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: entities whose class a run changed; which of them fell, the model's classes say.
-- Parameters: 1 run_id, 2 the moment at which the day is over.
-- Columns: entity_id, entity_code (scheme:code), jurisdiction, region_code, industry_section,
-- from_class, to_class, score_milli, cause.
WITH known_entity AS (
    SELECT entity_id, scheme, code, jurisdiction, region_code, industry_code
      FROM entity
     WHERE known_at < $2::timestamptz
    UNION ALL
    SELECT entity_id, scheme, code, jurisdiction, region_code, industry_code
      FROM entity_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
)
SELECT c.entity_id, e.scheme || ':' || e.code, e.jurisdiction, e.region_code, i.section,
       c.from_class, c.to_class, c.score_milli, c.cause
  FROM class_change c
  JOIN known_entity e ON e.entity_id = c.entity_id
  LEFT JOIN industry i ON i.industry_code = e.industry_code
 WHERE c.run_id = $1 AND c.from_class IS NOT NULL
 ORDER BY 2
