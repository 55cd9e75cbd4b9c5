-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the end of a job. Parameters: job_id, state, result, error, now. Columns: none.
UPDATE job
   SET state = $2, result = $3, error = $4, finished_at = $5,
       percent = CASE WHEN $2 = 'done' THEN 100 ELSE percent END
 WHERE job_id = $1::bigint
