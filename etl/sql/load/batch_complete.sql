-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: was this file once loaded to its end through this mapping?
-- Parameters: source, file hash (hex), mapping hash (hex). Columns: rows in and rejected of that
-- load, when it ended, whether other files of the source were loaded since.
SELECT f.rows_in, f.rejected, b.loaded_at::text,
       EXISTS (SELECT FROM load_batch n
                WHERE n.source_id = b.source_id AND n.batch_id > b.batch_id
                  AND n.replay_of IS NULL AND NOT n.refused
                  AND n.file_sha256 <> b.file_sha256)
  FROM load_source s
  JOIN load_batch b USING (source_id)
  CROSS JOIN LATERAL (
       SELECT sum(r.rows_in) AS rows_in, sum(r.rejected) AS rejected
         FROM (SELECT p.rows_in, p.rejected
                 FROM load_batch p
                WHERE p.source_id = b.source_id AND p.file_sha256 = b.file_sha256
                  AND p.batch_id <= b.batch_id AND p.replay_of IS NULL AND NOT p.refused
                ORDER BY p.batch_id DESC
                LIMIT b.batch_in_file) r) f
 WHERE s.source = $1 AND b.file_sha256 = decode($2, 'hex') AND b.mapping_sha256 = decode($3, 'hex')
   AND b.last_in_file AND b.replay_of IS NULL
 ORDER BY b.batch_id DESC
 LIMIT 1
