-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one plan with its exact text. Parameters: plan_id, district, department.
SELECT p.plan_id AS plan, p.authority, (p.document::json -> 'title') AS title, p.created_at,
       (SELECT count(*) FROM draw d WHERE d.plan_id = p.plan_id) AS draws,
       ($2::text IS NULL OR coalesce(a.region_codes = jsonb_build_array($2::text), false))
       AND ($3::text IS NULL OR coalesce(a.departments = jsonb_build_array($3::text), false)) AS own,
       encode(p.hash, 'hex') AS hash, p.document
  FROM plan p
  JOIN plan_area a ON a.plan_id = p.plan_id
 WHERE p.plan_id = $1
   AND ($2::text IS NULL OR a.region_codes IS NULL OR a.region_codes ? $2)
   AND ($3::text IS NULL OR a.departments IS NULL OR a.departments ? $3)
