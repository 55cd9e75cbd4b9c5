-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the register as it was known, for scoring: per entity one subject row, then its facts,
-- then its relations (seen from both ends), in the order of entity_id. One statement, so that all
-- of it is one state of the database.
-- Parameters: 1 jurisdiction prefix, 2 the moment at which the day of the run is over, 3 array of
-- entity ids to keep, or NULL for all, 4 the day of the run.
-- Columns: entity_id, row_kind (0 subject, 1 fact, 2 relation), number_a, number_b, day_a, day_b,
-- text_a, text_b, text_c, text_d, decision:
--   subject   capital_fen, employees, registered_on, -, entity_type, status, region_code and
--             industry as section + division ("H62"), licence_tags joined by ','
--   (decision of a credit record: its decision_id and the moment at which it became known, 8 bytes
--   each; NULL for a record of no decision and for all other rows)
--   fact      id, amount_fen, occurred_on, ends_on, kind, state, severity and end cause, grade
--   relation  related_entity_id, -, -, -, relation_kind
WITH known_entity AS (
    SELECT entity_id, capital_fen, employees, registered_on, entity_type, status, region_code,
           industry_code, licence_tags, registered, jurisdiction
      FROM entity
     WHERE known_at < $2::timestamptz AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
    UNION ALL
    SELECT entity_id, capital_fen, employees, registered_on, entity_type, status, region_code,
           industry_code, licence_tags, registered, jurisdiction
      FROM entity_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
       AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
), known_inspection AS (
    SELECT entity_id, id, occurred_on, outcome, severity
      FROM inspection
     WHERE known_at < $2::timestamptz AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
    UNION ALL
    SELECT entity_id, id, occurred_on, outcome, severity
      FROM inspection_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
       AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
), known_complaint AS (
    SELECT entity_id, id, received_on, outcome
      FROM complaint
     WHERE known_at < $2::timestamptz AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
    UNION ALL
    SELECT entity_id, id, received_on, outcome
      FROM complaint_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
       AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
), known_credit_record AS (
    SELECT entity_id, id, record_kind, occurred_on, severity, amount_fen, grade, publicity_until,
           repaired_on, annulled_on, ended_on, decision_id, known_at
      FROM credit_record
     WHERE known_at < $2::timestamptz AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
    UNION ALL
    SELECT entity_id, id, record_kind, occurred_on, severity, amount_fen, grade, publicity_until,
           repaired_on, annulled_on, ended_on, decision_id, known_at
      FROM credit_record_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
       AND ($3::bigint[] IS NULL OR entity_id = ANY ($3))
), known_relation AS (
    SELECT entity_id, related_entity_id, relation_kind, valid_from, valid_to
      FROM relation
     WHERE known_at < $2::timestamptz
    UNION ALL
    SELECT entity_id, related_entity_id, relation_kind, valid_from, valid_to
      FROM relation_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
), valid_relation AS (
    SELECT entity_id, related_entity_id, relation_kind
      FROM known_relation
     WHERE coalesce(valid_from <= $4::date, true) AND coalesce(valid_to >= $4::date, true)
), ending_record AS (
    -- The last day of publicity still counts; 9999-12-31 is a publicity without end.
    SELECT r.*, least(nullif(publicity_until, date '9999-12-31') + 1, repaired_on, annulled_on,
                      ended_on) AS ends_on
      FROM known_credit_record r
)
SELECT e.entity_id, 0::smallint AS row_kind, e.capital_fen AS number_a, e.employees AS number_b,
       e.registered_on AS day_a, NULL::date AS day_b, e.entity_type AS text_a, e.status AS text_b,
       coalesce(e.region_code, '') || '|' || coalesce(i.section || left(e.industry_code, 2), '')
           AS text_c,
       array_to_string(e.licence_tags, ',') AS text_d, NULL::bytea AS decision
  FROM known_entity e
  LEFT JOIN industry i ON i.industry_code = e.industry_code
 WHERE e.registered AND starts_with(e.jurisdiction, $1)
   AND e.status NOT IN ('deregistered', 'moved_out')
UNION ALL
SELECT entity_id, 1::smallint, id, NULL, occurred_on, NULL, 'inspection', outcome,
       coalesce(severity, '') || '|', NULL, NULL
  FROM known_inspection
UNION ALL
SELECT entity_id, 1::smallint, id, NULL, received_on, NULL, 'complaint', outcome, '|', NULL, NULL
  FROM known_complaint
UNION ALL
SELECT entity_id, 1::smallint, id, amount_fen, occurred_on, ends_on, record_kind, NULL,
       coalesce(severity, '') || '|' ||
       CASE ends_on WHEN annulled_on THEN 'annulled' WHEN repaired_on THEN 'repaired'
                    WHEN ended_on THEN 'removed' WHEN publicity_until + 1 THEN 'publicity'
                    ELSE '' END,
       grade,
       int8send(decision_id) || timestamptz_send(known_at)
  FROM ending_record
UNION ALL
SELECT entity_id, 2::smallint, related_entity_id, NULL, NULL, NULL, relation_kind, NULL, NULL, NULL, NULL
  FROM valid_relation
 WHERE $3::bigint[] IS NULL OR entity_id = ANY ($3)
UNION ALL
SELECT related_entity_id, 2::smallint, entity_id, NULL, NULL, NULL, relation_kind, NULL, NULL, NULL, NULL
  FROM valid_relation
 WHERE $3::bigint[] IS NULL OR related_entity_id = ANY ($3)
 ORDER BY 1, 2
