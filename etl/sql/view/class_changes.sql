-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the classes that the published run changed, the riskiest first; from NULL: the first
-- class of an entity.
-- Parameters: 1 region of the scope; 2 run_id; 3 from_class ("none": the first), 4 to_class, 5 region_code, each or
-- NULL; 6, 7, 8 keys; 9 rows.
SELECT p.score_milli AS key_1, p.code AS key_2, p.scheme AS key_3, p.changed_on,
       p.from_class AS "from", p.to_class AS "to", p.cause, p.score_milli, p.scheme, p.code, p.name,
       p.region_code, r.name AS region_name
  FROM (SELECT c.changed_on, c.from_class, c.to_class, c.cause, c.score_milli, e.scheme, e.code,
               e.name, e.region_code
          FROM class_change c
          JOIN entity e ON e.entity_id = c.entity_id
         WHERE c.run_id = $2::bigint
           AND ($1::text IS NULL OR e.region_code = $1)
           AND ($3::text IS NULL OR coalesce(c.from_class, 'none') = $3)
           AND ($4::text IS NULL OR c.to_class = $4)
           AND ($5::text IS NULL OR e.region_code = $5)
           AND ($6::bigint IS NULL OR c.score_milli < $6::bigint
                OR (c.score_milli = $6::bigint
                    AND (e.code COLLATE "C", e.scheme COLLATE "C") > ($7::text, $8::text)))
         ORDER BY c.score_milli DESC, e.code COLLATE "C", e.scheme COLLATE "C"
         LIMIT $9) p
  LEFT JOIN LATERAL (SELECT name FROM region
                      WHERE region_code = p.region_code AND valid_from <= p.changed_on
                      ORDER BY valid_from DESC
                      LIMIT 1) r ON true
 ORDER BY p.score_milli DESC, p.code COLLATE "C", p.scheme COLLATE "C"
