-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: how far a job is. Parameters: job_id, percent, detail. Columns: cancel.
UPDATE job SET percent = $2::integer, detail = $3 WHERE job_id = $1::bigint RETURNING cancel
