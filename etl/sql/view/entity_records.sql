-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the credit records of an entity, the newest first. Parameters: 1 entity_id, 2 rows.
SELECT f.occurred_on, f.record_kind, f.severity, f.amount_fen, f.document_no, f.agency,
       f.legal_basis, f.detail, f.grade, f.publicity_until, f.repaired_on, f.annulled_on,
       f.ended_on, f.record_key AS key, f.known_at, s.source, b.file_name AS file, f.line
  FROM (SELECT *
          FROM credit_record
         WHERE entity_id = $1
         ORDER BY occurred_on DESC, id
         LIMIT $2) f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 ORDER BY f.occurred_on DESC, f.id
