-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the kept rows of a batch's open rejects in the order of the file, as bytes; NULL: not
-- kept. Parameters: 1 batch_id, 2 reason or NULL. Columns: record.
SELECT record
  FROM load_reject
 WHERE batch_id = $1::bigint AND taken_by IS NULL AND ($2::text IS NULL OR reason = $2)
 ORDER BY line, reject_id
