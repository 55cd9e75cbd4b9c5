-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a committed draw that will not be run. Parameters: authority, draw_number, reason, now.
UPDATE draw SET state = 'abandoned', abandon_reason = $3, abandoned_at = $4
 WHERE authority = $1 AND draw_number = $2 AND state = 'committed'
