-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: inspections up to the day of the answer, the newest first. Adverse is what the model of
-- the published run counts as adverse; NULL: an outcome that it does not judge, or no run.
-- Parameters: 1 region and 2 department of the scope; 3 adverse, 4 outcome, 5 region_code, 6 from,
-- 7 to, each or NULL; 8 day of the answer; 9 outcomes that are judged, 10 those that are adverse;
-- 11, 12 keys; 13 rows.
SELECT p.occurred_on AS key_1, p.id AS key_2, p.occurred_on, p.check_kind, p.matter_id,
       m.title AS matter_title, p.department_id, p.outcome, p.severity, p.adverse, p.violation_count,
       p.scheme, p.code, p.name, p.region_code, r.name AS region_name, p.known_at, s.source,
       b.file_name AS file, p.line
  FROM (SELECT i.*, e.scheme, e.code, e.name, e.region_code,
               CASE WHEN i.outcome = ANY ($10::text[]) THEN true
                    WHEN i.outcome = ANY ($9::text[]) THEN false END AS adverse
          FROM inspection i
          LEFT JOIN entity e ON e.entity_id = i.entity_id
         WHERE i.occurred_on <= $8::date
           AND ($2::text IS NULL OR i.department_id = $2)
           AND ($4::text IS NULL OR i.outcome = $4)
           AND ($6::date IS NULL OR i.occurred_on >= $6::date)
           AND ($7::date IS NULL OR i.occurred_on <= $7::date)
           AND ($11::date IS NULL OR (i.occurred_on <= $11::date
                                      AND (i.occurred_on, i.id) < ($11::date, $12::bigint)))) p
  JOIN load_batch b ON b.batch_id = p.batch_id
  JOIN load_source s ON s.source_id = b.source_id
  LEFT JOIN matter m ON m.matter_id = p.matter_id
  LEFT JOIN LATERAL (SELECT name FROM region
                      WHERE region_code = p.region_code AND valid_from <= p.occurred_on
                      ORDER BY valid_from DESC
                      LIMIT 1) r ON true
 WHERE ($1::text IS NULL OR p.region_code = $1) AND ($5::text IS NULL OR p.region_code = $5)
   AND ($3::boolean IS NULL OR p.adverse = $3::boolean)
 ORDER BY p.occurred_on DESC, p.id DESC
 LIMIT $13
