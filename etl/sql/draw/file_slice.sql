-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a part of a file of a bundle. Parameters: authority, draw_number, name, first byte from 1,
-- bytes. Columns: content (hex).
SELECT encode(substring(content FROM $4::integer FOR $5::integer), 'hex')
  FROM draw_file
 WHERE authority = $1 AND draw_number = $2::bigint AND name = $3
