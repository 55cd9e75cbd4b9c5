-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the job of an idempotency key. Parameters: kind, account_id, argument, key.
-- Columns: job_id, is it the same argument.
SELECT job_id, argument = $3::jsonb
  FROM job
 WHERE kind = $1 AND account_id = $2::bigint AND idempotency_key = $4
