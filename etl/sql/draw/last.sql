-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: where the numbers and the log of an authority stand. Parameters: authority.
-- Columns: last draw number, last log entry number, last log hash (hex), 0 and '' if none.
SELECT coalesce((SELECT max(draw_number) FROM draw WHERE authority = $1), 0),
       coalesce((SELECT max(entry_number) FROM draw_log WHERE authority = $1), 0),
       coalesce((SELECT encode(entry_hash, 'hex') FROM draw_log WHERE authority = $1
                  ORDER BY entry_number DESC LIMIT 1), '')
