-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: rejects of a batch to replay, in the order of the file.
-- Parameters: 1 batch_id, 2 reason or NULL, 3 the reject that was looked at last, 4 rows.
-- Columns: reject_id, line, record (hex).
SELECT reject_id, line, encode(record, 'hex')
  FROM load_reject
 WHERE batch_id = $1 AND taken_by IS NULL AND record IS NOT NULL
   AND ($2::text IS NULL OR reason = $2) AND reject_id > $3::bigint
 ORDER BY reject_id
 LIMIT $4
