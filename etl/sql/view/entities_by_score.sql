-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: registered entities, the worst score first, those without one last. The page is looked
-- for among the next 5,000 scores; only when they do not fill it is the whole register filtered
-- and sorted, so that no filter makes a walk over all scores. A code or an earlier number, also in
-- lower case, finds its entity even when it is not registered yet. Names are read one after the
-- other: an index of pieces of names cost loads more than it won for searches (see the commit).
-- Only a query with letters is compared without case, which takes three times as long.
-- Parameters: 1 region of the scope, 2 the day, 3 run, 4 score table; NULL = any: 5 query, 6
-- class, 7 region_code, 8 industry_section, 9 status; 10, 11 keys; 12 rows.
WITH coded AS MATERIALIZED (
    SELECT entity_id FROM entity WHERE code COLLATE "C" IN ($5::text, upper($5::text))
    UNION
    SELECT entity_id FROM entity_alias WHERE alias_code IN ($5::text, upper($5::text))
), near AS MATERIALIZED (
    SELECT e.entity_id, e.scheme, e.code, e.name, e.region_code, e.industry_code, e.status,
           s.class, s.score_milli
      FROM (SELECT entity_id, class, score_milli
              FROM score_both
             WHERE score_table = $4
               AND ($11::bigint IS NULL OR (score_milli, entity_id) < ($10::bigint, $11::bigint))
             ORDER BY score_milli DESC, entity_id DESC
             LIMIT 5000) s
      JOIN entity e ON e.entity_id = s.entity_id
     WHERE ($6::text IS NULL OR s.class = $6)
       AND ($1::text IS NULL OR e.region_code = $1)
       AND (e.registered
            OR e.scheme <> 'place' AND e.entity_id = ANY (ARRAY(SELECT entity_id FROM coded)))
       AND ($5::text IS NULL
            OR e.entity_id = ANY (ARRAY(SELECT entity_id FROM coded))
            OR NOT EXISTS (SELECT FROM coded)
               AND CASE WHEN lower($5) = upper($5)
                   THEN e.name LIKE '%' || regexp_replace($5, '([\\%_])', '\\\1', 'g') || '%'
                   ELSE e.name ILIKE '%' || regexp_replace($5, '([\\%_])', '\\\1', 'g') || '%'
                   END)
       AND ($7::text IS NULL OR e.region_code = $7)
       AND ($8::text IS NULL
            OR e.industry_code IN (SELECT industry_code FROM industry WHERE section = $8))
       AND ($9::text IS NULL OR e.status = $9)
     ORDER BY s.score_milli DESC, s.entity_id DESC
     LIMIT $12
), far AS MATERIALIZED (
    SELECT e.entity_id, e.scheme, e.code, e.name, e.region_code, e.industry_code, e.status,
           s.class, s.score_milli
      FROM entity e
      LEFT JOIN score_both s ON s.entity_id = e.entity_id AND s.score_table = $4
     WHERE (SELECT count(*) FROM near) < $12::bigint
       AND ($11::bigint IS NULL
            OR CASE WHEN $10::bigint IS NULL
                    THEN s.entity_id IS NULL AND e.entity_id < $11::bigint
                    ELSE s.entity_id IS NULL
                         OR (s.score_milli, e.entity_id) < ($10::bigint, $11::bigint) END)
       AND ($6::text IS NULL OR s.class = $6)
       AND ($1::text IS NULL OR e.region_code = $1)
       AND (e.registered
            OR e.scheme <> 'place' AND e.entity_id = ANY (ARRAY(SELECT entity_id FROM coded)))
       AND ($5::text IS NULL
            OR e.entity_id = ANY (ARRAY(SELECT entity_id FROM coded))
            OR NOT EXISTS (SELECT FROM coded)
               AND CASE WHEN lower($5) = upper($5)
                   THEN e.name LIKE '%' || regexp_replace($5, '([\\%_])', '\\\1', 'g') || '%'
                   ELSE e.name ILIKE '%' || regexp_replace($5, '([\\%_])', '\\\1', 'g') || '%'
                   END)
       AND ($7::text IS NULL OR e.region_code = $7)
       AND ($8::text IS NULL
            OR e.industry_code IN (SELECT industry_code FROM industry WHERE section = $8))
       AND ($9::text IS NULL OR e.status = $9)
     ORDER BY s.score_milli DESC NULLS LAST, e.entity_id DESC
     LIMIT $12
)
SELECT p.score_milli AS key_1, p.entity_id AS key_2, p.scheme, p.code, p.name, p.region_code,
       r.name AS region_name, p.industry_code, i.name AS industry_name, p.status, p.class,
       p.score_milli,
       (SELECT max(c.changed_on)
          FROM class_change c
         WHERE c.entity_id = p.entity_id AND c.run_id <= $3::bigint
           AND c.scheme = (SELECT scheme FROM score_run
                            WHERE run_id = $3::bigint)) AS class_changed_on
  FROM (SELECT * FROM near WHERE (SELECT count(*) FROM near) = $12::bigint
        UNION ALL
        SELECT * FROM far) p
  LEFT JOIN industry i ON i.industry_code = p.industry_code
  LEFT JOIN LATERAL (SELECT name FROM region
                      WHERE region_code = p.region_code AND valid_from <= $2::date
                      ORDER BY valid_from DESC
                      LIMIT 1) r ON true
 ORDER BY p.score_milli DESC NULLS LAST, p.entity_id DESC
