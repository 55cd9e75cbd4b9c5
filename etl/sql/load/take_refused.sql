-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a file that was refused is read again from its beginning: the rejects of that try are
-- answered by this batch. Parameters: 1 this batch, 2 source_id, 3 file hash (hex).
UPDATE load_reject r
   SET taken_by = $1
  FROM load_batch b
 WHERE b.source_id = $2 AND b.file_sha256 = decode($3, 'hex') AND b.refused
   AND b.batch_id <> $1::bigint AND r.batch_id = b.batch_id AND r.taken_by IS NULL
