-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: entities whose class changed on the day of a run, by it or by earlier runs of the same
-- day and model (a second run of a day changes nothing, and must not hide what the first found);
-- which of them fell, the model's classes say.
-- Parameters: 1 run_id, 2 the moment at which the day is over.
-- Columns: entity_id, entity_code (scheme:code), jurisdiction, region_code, industry_section,
-- from_class, to_class, score_milli, cause, run_id of the last change.
WITH known_entity AS (
    SELECT entity_id, scheme, code, jurisdiction, region_code, industry_code
      FROM entity
     WHERE known_at < $2::timestamptz
    UNION ALL
    SELECT entity_id, scheme, code, jurisdiction, region_code, industry_code
      FROM entity_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
), run_of_day AS (
    SELECT r.run_id
      FROM score_run p
      JOIN score_run r ON r.scheme = p.scheme AND r.as_of = p.as_of
                      AND r.model_sha256 = p.model_sha256 AND r.run_id <= p.run_id
     WHERE p.run_id = $1
), change AS (
    SELECT entity_id, (array_agg(from_class ORDER BY run_id))[1] AS from_class,
           (array_agg(to_class ORDER BY run_id DESC))[1] AS to_class,
           (array_agg(score_milli ORDER BY run_id DESC))[1] AS score_milli,
           (array_agg(cause ORDER BY run_id DESC))[1] AS cause, max(run_id) AS run_id
      FROM class_change
     WHERE run_id IN (SELECT run_id FROM run_of_day)
     GROUP BY entity_id
)
SELECT c.entity_id, e.scheme || ':' || e.code, e.jurisdiction, e.region_code, i.section,
       c.from_class, c.to_class, c.score_milli, c.cause, c.run_id
  FROM change c
  JOIN known_entity e ON e.entity_id = c.entity_id
  LEFT JOIN industry i ON i.industry_code = e.industry_code
 WHERE c.from_class IS NOT NULL AND c.from_class <> c.to_class
 ORDER BY 2
