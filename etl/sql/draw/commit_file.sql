-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the commit of a draw. Parameters: authority, draw_number. Columns: name, content (hex).
SELECT name, encode(content, 'hex')
  FROM draw_file
 WHERE authority = $1 AND draw_number = $2::bigint AND name = 'commit.txt'
