-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a draw was run. Parameters: authority, draw_number, selected_count, now.
UPDATE draw SET state = 'drawn', selected_count = $3, drawn_at = $4
 WHERE authority = $1 AND draw_number = $2 AND state = 'committed'
