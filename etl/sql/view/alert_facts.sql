-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the facts of the entity whose class fell, as they were known on a day, the newest first.
-- Parameters: 1 alert_id, 2 region of the scope, 3 the moment at which the day is over, 4 rows,
-- 5 department of the scope: of inspections, only its own.
WITH found AS (
    SELECT entity_id
      FROM alert
     WHERE alert_id = $1 AND ($2::text IS NULL OR region_code = $2)
), fact AS (
    SELECT * FROM (
        SELECT 'inspection' AS fact_kind, record_key, occurred_on, NULL::date AS received_on,
               NULL::date AS accepted_on, NULL::date AS refused_on, NULL::date AS ended_on,
               check_kind, matter_id, department_id, violation_count, NULL AS record_kind,
               NULL::bigint AS amount_fen, NULL AS grade, NULL AS document_no, NULL AS agency,
               NULL::date AS publicity_until, NULL::date AS repaired_on, NULL AS complaint_kind,
               NULL AS channel, NULL AS issue, outcome, severity, notice_no, batch_id, line,
               known_at, NULL::timestamptz AS known_until
          FROM inspection
         WHERE entity_id = (SELECT entity_id FROM found)
           AND ($5::text IS NULL OR department_id = $5)
        UNION ALL
        SELECT 'inspection', record_key, occurred_on, NULL, NULL, NULL, NULL, check_kind, matter_id,
               department_id, violation_count, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               NULL, outcome, severity, notice_no, batch_id, line, known_at, known_until
          FROM inspection_past
         WHERE entity_id = (SELECT entity_id FROM found)
           AND ($5::text IS NULL OR department_id = $5)
        UNION ALL
        SELECT 'complaint', record_key, NULL, received_on, accepted_on, refused_on, ended_on, NULL,
               NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, complaint_kind, channel,
               issue, outcome, NULL, NULL, batch_id, line, known_at, NULL
          FROM complaint
         WHERE entity_id = (SELECT entity_id FROM found)
        UNION ALL
        SELECT 'complaint', record_key, NULL, received_on, accepted_on, refused_on, ended_on, NULL,
               NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, complaint_kind, channel,
               issue, outcome, NULL, NULL, batch_id, line, known_at, known_until
          FROM complaint_past
         WHERE entity_id = (SELECT entity_id FROM found)
        UNION ALL
        SELECT 'credit_record', record_key, occurred_on, NULL, NULL, NULL, ended_on, NULL, NULL,
               NULL, NULL, record_kind, amount_fen, grade, document_no, agency, publicity_until,
               repaired_on, NULL, NULL, NULL, NULL, severity, NULL, batch_id, line, known_at, NULL
          FROM credit_record
         WHERE entity_id = (SELECT entity_id FROM found)
        UNION ALL
        SELECT 'credit_record', record_key, occurred_on, NULL, NULL, NULL, ended_on, NULL, NULL,
               NULL, NULL, record_kind, amount_fen, grade, document_no, agency, publicity_until,
               repaired_on, NULL, NULL, NULL, NULL, severity, NULL, batch_id, line, known_at,
               known_until
          FROM credit_record_past
         WHERE entity_id = (SELECT entity_id FROM found)) every
     WHERE known_at < $3::timestamptz AND coalesce(known_until >= $3::timestamptz, true)
)
SELECT f.fact_kind, f.record_key AS key, f.occurred_on, f.received_on, f.accepted_on, f.refused_on,
       f.ended_on, f.check_kind, f.matter_id, f.department_id, f.violation_count, f.record_kind,
       f.amount_fen, f.grade, f.document_no, f.agency, f.publicity_until, f.repaired_on,
       f.complaint_kind, f.channel, f.issue, f.outcome, f.severity, f.notice_no, f.known_at,
       s.source, b.file_name AS file, f.line
  FROM fact f
  JOIN load_batch b ON b.batch_id = f.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 ORDER BY coalesce(f.occurred_on, f.received_on) DESC, s.source, f.record_key
 LIMIT $4
