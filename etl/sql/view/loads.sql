-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: batches, the newest first. A district's account sees them too: they hold no register
-- data. Parameters: source or NULL, key, rows.
SELECT b.batch_id AS key_1, b.batch_id AS batch, s.source, s.record_kind, s.jurisdiction,
       b.file_name AS file, encode(b.file_sha256, 'hex') AS file_sha256, b.file_bytes,
       encode(b.mapping_sha256, 'hex') AS mapping_sha256, b.batch_in_file, b.first_record,
       b.last_in_file, b.rows_in, b.inserted, b.updated, b.identical, b.rejected, b.stubs,
       b.known_at, b.loaded_at, b.replay_of, b.refused, b.withheld
  FROM load_batch b
  JOIN load_source s USING (source_id)
 WHERE ($1::text IS NULL OR s.source = $1)
   AND ($2::bigint IS NULL OR b.batch_id < $2)
 ORDER BY b.batch_id DESC
 LIMIT $3
