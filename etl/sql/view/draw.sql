-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one draw. Parameters: authority, draw_number, district, department.
SELECT d.authority, d.draw_number AS number, d.plan_id AS plan,
       (p.document::json -> 'title') AS title, d.state, d.as_of, d.rehearsal, d.frame_count,
       d.selected_count, d.redraw_of, d.redraw_reason, d.abandon_reason, d.committed_at, d.drawn_at,
       d.revealed_at, d.abandoned_at,
       ($3::text IS NULL OR coalesce(a.region_codes = jsonb_build_array($3::text), false))
       AND ($4::text IS NULL OR coalesce(a.departments = jsonb_build_array($4::text), false)) AS own
  FROM draw d
  JOIN plan p ON p.plan_id = d.plan_id
  JOIN plan_area a ON a.plan_id = d.plan_id
 WHERE d.authority = $1 AND d.draw_number = $2::bigint
   AND ($3::text IS NULL OR a.region_codes IS NULL OR a.region_codes ? $3)
   AND ($4::text IS NULL OR a.departments IS NULL OR a.departments ? $4)
