-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: where the facts of an entity came from: the versions that were known on the run's day.
-- Parameters: entity_id, the moment at which the day is over.
-- Columns: fact id, source, file name, line, record key.
SELECT f.id, s.source, b.file_name, f.line, f.record_key
  FROM (SELECT id, batch_id, line, record_key FROM inspection
         WHERE entity_id = $1 AND known_at < $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key FROM inspection_past
         WHERE entity_id = $1 AND known_at < $2::timestamptz AND known_until >= $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key FROM complaint
         WHERE entity_id = $1 AND known_at < $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key FROM complaint_past
         WHERE entity_id = $1 AND known_at < $2::timestamptz AND known_until >= $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key FROM credit_record
         WHERE entity_id = $1 AND known_at < $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key FROM credit_record_past
         WHERE entity_id = $1 AND known_at < $2::timestamptz AND known_until >= $2::timestamptz) f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
