-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a replay has before it. Parameters: 1 source, 2 batch or NULL, 3 reason or NULL.
-- Columns: open rejects that can be replayed, that were not kept, of refused files.
SELECT count(*) FILTER (WHERE NOT b.refused AND r.record IS NOT NULL AND b.header IS NOT NULL),
       count(*) FILTER (WHERE NOT b.refused AND (r.record IS NULL OR b.header IS NULL)),
       count(*) FILTER (WHERE b.refused)
  FROM load_reject r
  JOIN load_batch b ON b.batch_id = r.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 WHERE r.taken_by IS NULL AND s.source = $1
   AND ($2::bigint IS NULL OR r.batch_id = $2::bigint)
   AND ($3::text IS NULL OR r.reason = $3)
