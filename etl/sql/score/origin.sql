-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: where the facts of an entity came from.
-- Parameters: entity_id. Columns: fact id, source, file name, line, record key.
SELECT f.id, s.source, b.file_name, f.line, f.record_key
  FROM (SELECT id, batch_id, line, record_key FROM inspection WHERE entity_id = $1
        UNION ALL
        SELECT id, batch_id, line, record_key FROM complaint WHERE entity_id = $1
        UNION ALL
        SELECT id, batch_id, line, record_key FROM credit_record WHERE entity_id = $1) f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
