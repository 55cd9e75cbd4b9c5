-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the next batch of a source that has rejects to replay.
-- Parameters: 1 source_id, 2 batch or NULL, 3 reason or NULL, 4 and 5 the batch and the reject that
-- were looked at last.
-- Columns: batch_id, file name, file hash (hex), file bytes, batch_in_file, first_record, header
-- (hex), known_at of a back-fill or NULL, columns, format, encoding, delimiter.
SELECT b.batch_id, b.file_name, encode(b.file_sha256, 'hex'), b.file_bytes, b.batch_in_file,
       b.first_record, encode(b.header, 'hex'), CASE WHEN b.known_at <> b.loaded_at
                                                     THEN b.known_at END,
       b.columns, b.format, b.encoding, b.delimiter
  FROM load_batch b
 WHERE b.source_id = $1 AND NOT b.refused AND b.header IS NOT NULL
   AND ($2::bigint IS NULL OR b.batch_id = $2::bigint) AND b.batch_id >= $4::bigint
   AND EXISTS (SELECT FROM load_reject r
                WHERE r.batch_id = b.batch_id AND r.taken_by IS NULL AND r.record IS NOT NULL
                  AND ($3::text IS NULL OR r.reason = $3)
                  AND (b.batch_id > $4::bigint OR r.reject_id > $5::bigint))
 ORDER BY b.batch_id
 LIMIT 1
