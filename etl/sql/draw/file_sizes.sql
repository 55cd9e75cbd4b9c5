-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the files of a bundle and what changes among them. Parameters: authority, draw_number.
-- Columns: name, bytes, log.txt (hex; '' for the others), Unix second of the last step.
SELECT f.name, octet_length(f.content)::bigint,
       CASE WHEN f.name = 'log.txt' THEN encode(f.content, 'hex') ELSE '' END,
       extract(epoch FROM coalesce(d.revealed_at, d.drawn_at, d.committed_at))::bigint
  FROM draw_file f
  JOIN draw d ON d.authority = f.authority AND d.draw_number = f.draw_number
 WHERE f.authority = $1 AND f.draw_number = $2::bigint
