-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a committed draw. Parameters: authority, draw_number, plan_id, as_of, rehearsal, run_id,
-- secret (hex), frame_count, redraw_of or NULL, redraw_reason or NULL, now.
INSERT INTO draw (authority, draw_number, plan_id, state, as_of, rehearsal, run_id, secret,
                  frame_count, redraw_of, redraw_reason, committed_at)
VALUES ($1, $2, $3, 'committed', $4, $5, $6, decode($7, 'hex'), $8, $9, $10, $11)
