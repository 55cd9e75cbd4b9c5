-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: complaints and reports received up to the day of the answer, the newest first, each with
-- the last day on which it could be accepted in time and what became of it (complaint_handling()).
-- The district is the record's own, else the entity's.
-- Parameters: 1 region of the scope; 2 region_code, 3 from, 4 to, 5 handling, each or NULL; 6 day of
-- the answer; 7 jurisdiction that has a time limit, 8 first day of the due days, 9 due days; 10, 11
-- keys; 12 rows.
SELECT p.received_on AS key_1, p.id AS key_2, p.received_on, p.accepted_on, p.refused_on, p.ended_on,
       p.due_on, p.handling, p.complaint_kind, p.channel, p.issue, p.outcome, p.region_code,
       r.name AS region_name, p.scheme, p.code, p.name, p.known_at, s.source,
       b.file_name AS file, p.line
  FROM (SELECT c.id, c.received_on, c.accepted_on, c.refused_on,
               least(c.mediation_ended_on, c.ended_on) AS ended_on, c.complaint_kind, c.channel,
               c.issue, c.outcome, coalesce(c.region_code, e.region_code) AS region_code, e.scheme,
               e.code, e.name, c.known_at, c.batch_id, c.line,
               complaint_due_on(c.complaint_kind, c.jurisdiction, c.received_on, $7::text, $8::date,
                                $9::date[]) AS due_on,
               complaint_handling(
                   complaint_due_on(c.complaint_kind, c.jurisdiction, c.received_on, $7::text,
                                    $8::date, $9::date[]),
                   least(c.accepted_on, c.refused_on, c.mediation_ended_on, c.ended_on), $6::date)
                   AS handling
          FROM complaint c
          LEFT JOIN entity e ON e.entity_id = c.entity_id
         WHERE c.received_on <= $6::date
           AND ($3::date IS NULL OR c.received_on >= $3::date)
           AND ($4::date IS NULL OR c.received_on <= $4::date)
           AND ($10::date IS NULL OR (c.received_on <= $10::date
                                      AND (c.received_on, c.id) < ($10::date, $11::bigint)))) p
  JOIN load_batch b ON b.batch_id = p.batch_id
  JOIN load_source s ON s.source_id = b.source_id
  LEFT JOIN LATERAL (SELECT name FROM region
                      WHERE region_code = p.region_code AND valid_from <= p.received_on
                      ORDER BY valid_from DESC
                      LIMIT 1) r ON true
 WHERE ($1::text IS NULL OR p.region_code = $1) AND ($2::text IS NULL OR p.region_code = $2)
   AND ($5::text IS NULL OR p.handling = $5)
 ORDER BY p.received_on DESC, p.id DESC
 LIMIT $12
