-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the visits of a draw that was run, by class and rank; for a bound account those of its
-- district in which an inspector of its department takes part (etl/store/draw_plan.h).
-- Parameters: authority, draw_number, district, department, keys (2), rows.
SELECT v.class AS key_1, v.rank AS key_2, v.rank, v.class, v.scheme, v.code, e.name, v.region_code,
       (SELECT r.name FROM region r
         WHERE r.region_code = v.region_code AND r.valid_from <= d.as_of
         ORDER BY r.valid_from DESC LIMIT 1) AS region,
       v.ticket, to_json(v.inspectors) AS inspectors, to_json(v.reserves) AS reserves
  FROM draw_visit v
  JOIN draw d ON d.authority = v.authority AND d.draw_number = v.draw_number
  LEFT JOIN entity e ON e.entity_id = v.entity_id
 WHERE v.authority = $1 AND v.draw_number = $2::bigint
   AND ($3::text IS NULL OR v.region_code = $3)
   AND ($4::text IS NULL OR EXISTS (SELECT FROM inspector i
                                     WHERE i.inspector_id = ANY (v.inspectors)
                                       AND i.department_id = $4))
   AND ($5::text IS NULL OR (v.class, v.rank) > ($5::text, $6::bigint))
 ORDER BY v.class, v.rank
 LIMIT $7
