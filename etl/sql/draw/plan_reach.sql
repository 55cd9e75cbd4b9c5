-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a bound account has to do with a plan (etl/store/draw_plan.h). Parameters: plan_id,
-- district and department that the account is bound to (NULL = not bound).
-- Columns: it takes part, nobody else does.
SELECT ($2::text IS NULL OR region_codes IS NULL OR region_codes ? $2)
       AND ($3::text IS NULL OR departments IS NULL OR departments ? $3),
       ($2::text IS NULL OR coalesce(region_codes = jsonb_build_array($2::text), false))
       AND ($3::text IS NULL OR coalesce(departments = jsonb_build_array($3::text), false))
  FROM plan_area
 WHERE plan_id = $1
