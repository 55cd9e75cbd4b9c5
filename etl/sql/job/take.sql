-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: begin the oldest queued job. Parameters: now. Columns: job_id, kind, argument, account
-- name, account_id.
UPDATE job j
   SET state = 'running', started_at = $1
  FROM account a
 WHERE a.account_id = j.account_id
   AND j.job_id = (SELECT job_id FROM job WHERE state = 'queued' ORDER BY job_id LIMIT 1
                      FOR UPDATE SKIP LOCKED)
RETURNING j.job_id, j.kind, j.argument, a.name, a.account_id
