-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the entries of a draw in its authority's log. Parameters: authority, draw_number.
SELECT entry_number AS entry, encode(entry_hash, 'hex') AS hash, at
  FROM draw_log
 WHERE authority = $1 AND draw_number = $2::bigint
 ORDER BY entry_number
