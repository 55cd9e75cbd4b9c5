-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: complaints that were neither accepted nor refused nor ended, as known; reports of
-- offences (举报) have another procedure and are left out.
-- Parameters: 1 the moment at which the day is over, 2 that day.
-- Columns: entity_id, entity_code (scheme:code), jurisdiction, region_code, industry_section,
-- source, record_key, received_on, accepted_on, refused_on, ended_on (of the mediation or the case).
WITH known_complaint AS (
    SELECT entity_id, record_key, jurisdiction, received_on, accepted_on, refused_on,
           least(mediation_ended_on, ended_on) AS ended_on, complaint_kind, region_code,
           industry_code, batch_id
      FROM complaint
     WHERE known_at < $1::timestamptz
    UNION ALL
    SELECT entity_id, record_key, jurisdiction, received_on, accepted_on, refused_on,
           least(mediation_ended_on, ended_on), complaint_kind, region_code,
           industry_code, batch_id
      FROM complaint_past
     WHERE known_at < $1::timestamptz AND known_until >= $1::timestamptz
), known_entity AS (
    SELECT entity_id, scheme, code, region_code, industry_code
      FROM entity
     WHERE known_at < $1::timestamptz
    UNION ALL
    SELECT entity_id, scheme, code, region_code, industry_code
      FROM entity_past
     WHERE known_at < $1::timestamptz AND known_until >= $1::timestamptz
)
SELECT c.entity_id, e.scheme || ':' || e.code, c.jurisdiction,
       coalesce(c.region_code, e.region_code), i.section, s.source, c.record_key, c.received_on,
       c.accepted_on, c.refused_on, c.ended_on
  FROM known_complaint c
  JOIN load_batch b ON b.batch_id = c.batch_id
  JOIN load_source s ON s.source_id = b.source_id
  LEFT JOIN known_entity e ON e.entity_id = c.entity_id
  LEFT JOIN industry i ON i.industry_code = coalesce(c.industry_code, e.industry_code)
 WHERE coalesce(c.complaint_kind, 'complaint') = 'complaint' AND c.received_on <= $2::date
   AND coalesce(least(c.accepted_on, c.refused_on, c.ended_on) > $2::date, true)
 ORDER BY s.source, c.record_key
