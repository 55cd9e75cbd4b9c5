-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one job. Parameters: job_id, account_id of the only reader (NULL = any). Columns: job_id,
-- kind, state, percent, detail, result, error, created_at, started_at, finished_at.
SELECT job_id, kind, state, percent, detail, result, error,
       to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  FROM job
 WHERE job_id = $1::bigint AND ($2::bigint IS NULL OR account_id = $2::bigint)
