-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the draw of a plan that is committed and not yet run; there is at most one.
-- Parameters: authority, plan_id. Columns: draw_number.
SELECT draw_number
  FROM draw
 WHERE authority = $1 AND plan_id = $2 AND state = 'committed'
