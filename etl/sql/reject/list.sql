-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: rejects on the command line, the newest first. Parameters: 1 source, 2 batch, 3 reason,
-- each or NULL; 4 whether those that were taken in since are shown too; 5 rows.
-- Columns: source, batch, file name, line, field, reason, message, the row, the batch that took it
-- or NULL.
SELECT s.source, r.batch_id, b.file_name, r.line, r.field, r.reason, r.message, r.raw, r.taken_by
  FROM load_reject r
  JOIN load_batch b ON b.batch_id = r.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 WHERE ($1::text IS NULL OR s.source = $1)
   AND ($2::bigint IS NULL OR r.batch_id = $2::bigint)
   AND ($3::text IS NULL OR r.reason = $3)
   AND ($4::boolean OR r.taken_by IS NULL)
 ORDER BY r.reject_id DESC
 LIMIT $5
