-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the newest committed batch of a source; replays and refused files are beside
-- the way of its files.
-- Parameters: source. Columns: file hash (hex), mapping hash (hex), batch_in_file, number of the
-- record after the batch, last_in_file, rows in and rejected of the file's batches so far.
SELECT encode(b.file_sha256, 'hex'), encode(b.mapping_sha256, 'hex'), b.batch_in_file,
       b.first_record + b.rows_in, b.last_in_file, f.rows_in, f.rejected
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
 WHERE s.source = $1 AND b.replay_of IS NULL AND NOT b.refused
 ORDER BY b.batch_id DESC
 LIMIT 1
