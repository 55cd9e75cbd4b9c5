-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: where the facts of an entity came from: the versions that were known on the run's day.
-- Records of one decision count once, as the golden record of models/credit/golden.h; all of them
-- are here.
-- Parameters: entity_id, the moment at which the day is over.
-- Columns: fact id, source, file name, line, record key, decision_id or NULL, day and amount in fen
-- (NULL: none) of the record.
SELECT f.id, s.source, b.file_name, f.line, f.record_key, f.decision_id, f.occurred_on, f.amount_fen
  FROM (SELECT id, batch_id, line, record_key, NULL::bigint AS decision_id, occurred_on,
               NULL::bigint AS amount_fen
          FROM inspection
         WHERE entity_id = $1 AND known_at < $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key, NULL, occurred_on, NULL FROM inspection_past
         WHERE entity_id = $1 AND known_at < $2::timestamptz AND known_until >= $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key, NULL, received_on, NULL FROM complaint
         WHERE entity_id = $1 AND known_at < $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key, NULL, received_on, NULL FROM complaint_past
         WHERE entity_id = $1 AND known_at < $2::timestamptz AND known_until >= $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key, decision_id, occurred_on, amount_fen
          FROM credit_record
         WHERE entity_id = $1 AND known_at < $2::timestamptz
        UNION ALL
        SELECT id, batch_id, line, record_key, decision_id, occurred_on, amount_fen
          FROM credit_record_past
         WHERE entity_id = $1 AND known_at < $2::timestamptz AND known_until >= $2::timestamptz) f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
