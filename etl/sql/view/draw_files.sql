-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a draw's files say before their long tables begin. Parameters: authority,
-- draw_number, bytes of result.tsv. Columns: name, content (hex).
SELECT name, encode(CASE WHEN name = 'result.tsv' THEN substring(content FROM 1 FOR $3::integer)
                         ELSE content END, 'hex')
  FROM draw_file
 WHERE authority = $1 AND draw_number = $2::bigint
   AND name IN ('commit.txt', 'strata.tsv', 'result.tsv')
