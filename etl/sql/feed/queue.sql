-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a job for a scheduled run, unless one waits or runs. Parameters: feed, now. Columns: none.
INSERT INTO job (kind, account_id, argument, state, percent, detail, cancel, created_at)
SELECT 'feed', NULL, jsonb_build_object('kind', 'feed', 'feed', $1::text), 'queued', 0, '', false, $2
 WHERE NOT EXISTS (SELECT FROM job
                    WHERE kind = 'feed' AND state IN ('queued', 'running')
                      AND argument ->> 'feed' = $1)
