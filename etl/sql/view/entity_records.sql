-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the credit records of an entity, the newest first. Records of one decision count once
-- (models/credit/golden.h): decides marks the one known last, which decides amount and day; records
-- counts them, disagree says whether their amounts or days differ.
-- Parameters: 1 entity_id, 2 rows.
SELECT f.occurred_on, f.record_kind, f.severity, f.amount_fen, f.document_no, f.agency,
       f.legal_basis, f.detail, f.grade, f.publicity_until, f.repaired_on, f.annulled_on,
       f.ended_on, f.record_key AS key, f.known_at, s.source, b.file_name AS file, f.line,
       f.decision_id::text AS decision, f.decides, f.records, f.disagree
  FROM (SELECT r.*,
               decision_id IS NULL OR row_number() OVER (PARTITION BY decision_id
                                                         ORDER BY known_at DESC, id) = 1 AS decides,
               CASE WHEN decision_id IS NULL THEN 1 ELSE count(*) OVER same END AS records,
               decision_id IS NOT NULL
               AND (min(occurred_on) OVER same <> max(occurred_on) OVER same
                    OR min(coalesce(amount_fen, -1)) OVER same
                       <> max(coalesce(amount_fen, -1)) OVER same) AS disagree
          FROM credit_record r
         WHERE entity_id = $1
        WINDOW same AS (PARTITION BY decision_id)
         ORDER BY occurred_on DESC, id
         LIMIT $2) f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 ORDER BY f.occurred_on DESC, f.id
