-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: registered plans, the newest first, those in which the account's district and department
-- take part (etl/store/draw_plan.h). Parameters: authority or NULL, district, department, keys (2),
-- rows.
SELECT p.created_at AS key_1, p.plan_id AS key_2, p.plan_id AS plan, p.authority,
       (p.document::json -> 'title') AS title, p.created_at,
       (SELECT count(*) FROM draw d WHERE d.plan_id = p.plan_id) AS draws,
       ($2::text IS NULL OR coalesce(a.region_codes = jsonb_build_array($2::text), false))
       AND ($3::text IS NULL OR coalesce(a.departments = jsonb_build_array($3::text), false)) AS own
  FROM plan p
  JOIN plan_area a ON a.plan_id = p.plan_id
 WHERE ($1::text IS NULL OR p.authority = $1)
   AND ($2::text IS NULL OR a.region_codes IS NULL OR a.region_codes ? $2)
   AND ($3::text IS NULL OR a.departments IS NULL OR a.departments ? $3)
   AND ($4::timestamptz IS NULL
        OR (p.created_at, p.plan_id COLLATE "C") < ($4::timestamptz, $5::text COLLATE "C"))
 ORDER BY p.created_at DESC, p.plan_id COLLATE "C" DESC
 LIMIT $6
