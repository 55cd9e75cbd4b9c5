-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one draw. Parameters: authority, draw_number.
-- Columns: plan_id, state, secret (hex), as_of, rehearsal, frame_count, selected_count.
SELECT plan_id, state, encode(secret, 'hex'), as_of, rehearsal, frame_count, selected_count
  FROM draw
 WHERE authority = $1 AND draw_number = $2
