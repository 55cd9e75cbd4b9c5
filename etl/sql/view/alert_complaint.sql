-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the complaint that an alert complaint_not_accepted is about, as it was known on a day.
-- Parameters: 1 alert_id, 2 region of the scope, 3 the moment at which the day is over, 4 rows.
WITH found AS (
    SELECT entity_id, labels ->> 'source' AS source, labels ->> 'record_key' AS record_key
      FROM alert
     WHERE alert_id = $1 AND ($2::text IS NULL OR region_code = $2)
), known_complaint AS (
    SELECT * FROM (
        SELECT entity_id, record_key, received_on, accepted_on, refused_on, ended_on,
               complaint_kind, channel, issue, outcome, batch_id, line, known_at
          FROM complaint
         WHERE entity_id = (SELECT entity_id FROM found) AND known_at < $3::timestamptz
        UNION ALL
        SELECT entity_id, record_key, received_on, accepted_on, refused_on, ended_on,
               complaint_kind, channel, issue, outcome, batch_id, line, known_at
          FROM complaint_past
         WHERE entity_id = (SELECT entity_id FROM found)
           AND known_at < $3::timestamptz AND known_until >= $3::timestamptz) c
)
SELECT 'complaint' AS fact_kind, c.record_key AS key, c.received_on, c.accepted_on, c.refused_on,
       c.ended_on, c.complaint_kind, c.channel, c.issue, c.outcome, e.scheme, e.code, e.name,
       c.known_at, s.source, b.file_name AS file, c.line
  FROM found f
  JOIN known_complaint c ON c.record_key = f.record_key
  JOIN load_batch b ON b.batch_id = c.batch_id
  JOIN load_source s ON s.source_id = b.source_id AND s.source = f.source
  LEFT JOIN entity e ON e.entity_id = c.entity_id
 LIMIT $4
