-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: ask a job to end; one that has not begun ends at once. Parameters: job_id, account_id of
-- the only one who may (NULL = any), now. Columns: none.
UPDATE job
   SET cancel = true,
       state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END,
       finished_at = CASE WHEN state = 'queued' THEN $3::timestamptz END
 WHERE job_id = $1::bigint AND ($2::bigint IS NULL OR account_id = $2::bigint)
   AND state IN ('queued', 'running')
