-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a draw was revealed. Parameters: authority, draw_number, now.
UPDATE draw SET state = 'revealed', revealed_at = $3
 WHERE authority = $1 AND draw_number = $2 AND state = 'drawn'
