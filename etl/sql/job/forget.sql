-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a job that the schedule asked for and that found nothing to do. Parameters: job_id.
-- Columns: none.
DELETE FROM job WHERE job_id = $1::bigint AND account_id IS NULL
