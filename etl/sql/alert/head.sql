-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the end of the chain of steps, and the moment of the next ones as the chain writes it.
-- Parameters: now. Columns: number of the last step (0: none), its hash (hex), now.
SELECT coalesce(t.transition_id, 0), coalesce(encode(t.hash, 'hex'), repeat('0', 64)),
       to_char($1::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  FROM (SELECT) one
  LEFT JOIN LATERAL (SELECT transition_id, hash
                       FROM alert_transition
                      ORDER BY transition_id DESC
                      LIMIT 1) t ON true
