-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the session was used. Parameters: hash (hex), now. Columns: none.
UPDATE session SET seen_at = $2 WHERE session_hash = decode($1, 'hex') AND seen_at < $2::timestamptz
