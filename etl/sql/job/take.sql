-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: begin the oldest queued job. Parameters: now, runs of feeds (true) or all others. Columns:
-- job_id, kind, argument, account name ('schedule' where the schedule asked), account_id (0 then).
UPDATE job j
   SET state = 'running', started_at = $1
 WHERE j.job_id = (SELECT job_id FROM job
                    WHERE state = 'queued' AND (kind = 'feed') = $2::boolean
                    ORDER BY job_id LIMIT 1
                      FOR UPDATE SKIP LOCKED)
RETURNING j.job_id, j.kind, j.argument,
          coalesce((SELECT a.name FROM account a WHERE a.account_id = j.account_id), 'schedule'),
          coalesce(j.account_id, 0)
