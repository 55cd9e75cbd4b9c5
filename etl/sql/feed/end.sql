-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a run has ended. Parameters: feed_id, now, outcome, error or NULL. Columns: failures in a
-- row.
UPDATE feed
   SET ended_at = $2, outcome = $3, error = $4,
       failures = CASE $3 WHEN 'done' THEN 0 WHEN 'failed' THEN failures + 1 ELSE failures END
 WHERE feed_id = $1::bigint
RETURNING failures
