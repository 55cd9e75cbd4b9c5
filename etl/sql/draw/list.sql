-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: all draws, abandoned and replaced ones too. Columns: authority, draw_number, plan_id,
-- state, as_of, rehearsal, frame_count, selected_count, redraw_of.
SELECT authority, draw_number, plan_id, state, as_of, rehearsal, frame_count,
       coalesce(selected_count, 0), coalesce(redraw_of, 0)
  FROM draw
 ORDER BY authority, draw_number
