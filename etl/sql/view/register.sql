-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: registered entities counted by class, by district or by section of industry, each count
-- by class as well. The key of those without one (no class: out of business, or not scored yet) is
-- '' and comes last.
-- Parameters: 1 region of the scope; 2 class, region or industry; NULL: class; 3 score table; 4, 5
-- keys; 6 rows.
WITH counted AS (
    SELECT CASE coalesce($2::text, 'class') WHEN 'class' THEN s.class
                                            WHEN 'region' THEN e.region_code
                                            ELSE i.section END AS key,
           s.class, count(*) AS entities
      FROM entity e
      LEFT JOIN score_both s ON s.entity_id = e.entity_id AND s.score_table = $3::text
      LEFT JOIN industry i ON i.industry_code = e.industry_code
     WHERE e.registered AND ($1::text IS NULL OR e.region_code = $1)
     GROUP BY 1, 2
), summed AS (
    SELECT key IS NULL AS unknown, coalesce(key, '') AS key, sum(entities)::bigint AS count,
           coalesce(json_object_agg(class, entities ORDER BY class) FILTER (WHERE class IS NOT NULL),
                    '{}') AS by_class
      FROM counted
     GROUP BY key
)
SELECT c.unknown AS key_1, c.key AS key_2, c.key,
       CASE $2::text WHEN 'region' THEN (SELECT r.name FROM region r WHERE r.region_code = c.key
                                          ORDER BY r.valid_from DESC LIMIT 1)
                     WHEN 'industry' THEN (SELECT i.name FROM industry i
                                            WHERE i.industry_code = c.key) END AS name,
       c.count, c.by_class
  FROM summed c
 WHERE $4::boolean IS NULL OR (c.unknown, c.key COLLATE "C") > ($4::boolean, $5::text)
 ORDER BY c.unknown, c.key COLLATE "C"
 LIMIT $6
