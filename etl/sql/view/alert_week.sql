-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the complaints that an alert count_surge counted in the week it judged, as they were
-- known on a day; which they are, alert/counts.sql says. A label that the alert does not have was
-- not grouped by; "unknown" stands for those that say nothing.
-- Parameters: 1 alert_id, 2 region of the scope, 3 the moment at which the day is over, 4 rows.
WITH found AS (
    SELECT labels ->> 'jurisdiction' AS jurisdiction, (evidence ->> 'week')::date AS week,
           labels ->> 'region_code' AS region_code, labels ->> 'industry_section' AS section
      FROM alert
     WHERE alert_id = $1 AND ($2::text IS NULL OR region_code = $2)
), known_complaint AS (
    SELECT entity_id, record_key, jurisdiction, received_on, accepted_on, refused_on, ended_on,
           complaint_kind, channel, issue, outcome, region_code, industry_code, batch_id, line,
           known_at
      FROM complaint
     WHERE received_on BETWEEN (SELECT week FROM found) AND (SELECT week + 6 FROM found)
       AND known_at < $3::timestamptz
    UNION ALL
    SELECT entity_id, record_key, jurisdiction, received_on, accepted_on, refused_on, ended_on,
           complaint_kind, channel, issue, outcome, region_code, industry_code, batch_id, line,
           known_at
      FROM complaint_past
     WHERE received_on BETWEEN (SELECT week FROM found) AND (SELECT week + 6 FROM found)
       AND known_at < $3::timestamptz AND known_until >= $3::timestamptz
), known_entity AS (
    SELECT entity_id, region_code, industry_code
      FROM entity
     WHERE known_at < $3::timestamptz AND entity_id IN (SELECT entity_id FROM known_complaint)
    UNION ALL
    SELECT entity_id, region_code, industry_code
      FROM entity_past
     WHERE known_at < $3::timestamptz AND known_until >= $3::timestamptz
       AND entity_id IN (SELECT entity_id FROM known_complaint)
)
SELECT 'complaint' AS fact_kind, c.record_key AS key, c.received_on, c.accepted_on, c.refused_on,
       c.ended_on, c.complaint_kind, c.channel, c.issue, c.outcome, n.scheme, n.code, n.name,
       c.known_at, s.source, b.file_name AS file, c.line
  FROM found f
  JOIN known_complaint c ON c.jurisdiction = f.jurisdiction
  LEFT JOIN known_entity e ON e.entity_id = c.entity_id
  LEFT JOIN industry i ON i.industry_code = coalesce(c.industry_code, e.industry_code)
  LEFT JOIN entity n ON n.entity_id = c.entity_id
  JOIN load_batch b ON b.batch_id = c.batch_id
  JOIN load_source s ON s.source_id = b.source_id
 WHERE (f.region_code IS NULL
        OR coalesce(c.region_code, e.region_code, 'unknown') = f.region_code)
   AND (f.section IS NULL OR coalesce(i.section, 'unknown') = f.section)
 ORDER BY c.received_on, s.source, c.record_key
 LIMIT $4
