-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: end one session. Parameters: hash (hex). Columns: none.
DELETE FROM session WHERE session_hash = decode($1, 'hex')
