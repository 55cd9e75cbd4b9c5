-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: all draws, abandoned and replaced ones too, the newest first; of plans in which the
-- account's district and department take part (etl/store/draw_plan.h). Parameters: authority or
-- NULL, plan or NULL, district, department, keys (3), rows.
SELECT d.committed_at AS key_1, d.authority AS key_2, d.draw_number AS key_3,
       d.authority, d.draw_number AS number, d.plan_id AS plan,
       (p.document::json -> 'title') AS title, d.state, d.as_of, d.rehearsal, d.frame_count,
       d.selected_count, d.redraw_of, d.redraw_reason, d.abandon_reason, d.committed_at, d.drawn_at,
       d.revealed_at, d.abandoned_at,
       ($3::text IS NULL OR coalesce(a.region_codes = jsonb_build_array($3::text), false))
       AND ($4::text IS NULL OR coalesce(a.departments = jsonb_build_array($4::text), false)) AS own
  FROM draw d
  JOIN plan p ON p.plan_id = d.plan_id
  JOIN plan_area a ON a.plan_id = d.plan_id
 WHERE ($1::text IS NULL OR d.authority = $1)
   AND ($2::text IS NULL OR d.plan_id = $2)
   AND ($3::text IS NULL OR a.region_codes IS NULL OR a.region_codes ? $3)
   AND ($4::text IS NULL OR a.departments IS NULL OR a.departments ? $4)
   AND ($5::timestamptz IS NULL
        OR (d.committed_at, d.authority COLLATE "C", d.draw_number)
           < ($5::timestamptz, $6::text COLLATE "C", $7::bigint))
 ORDER BY d.committed_at DESC, d.authority COLLATE "C" DESC, d.draw_number DESC
 LIMIT $8
