-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: how complaints received up to the day of the answer were handled; each number is that of
-- the rows of complaints.sql with this handling, received that of all its rows.
-- Parameters: 1 region or NULL; 2 day of the answer; 3 jurisdiction that has a time limit, 4 first
-- day of the due days, 5 due days.
WITH handled AS (
    SELECT complaint_handling(
               complaint_due_on(c.complaint_kind, c.jurisdiction, c.received_on, $3::text, $4::date,
                                $5::date[]),
               least(c.accepted_on, c.refused_on, c.mediation_ended_on, c.ended_on), $2::date)
               AS handling, count(*) AS complaints
      FROM complaint c
      LEFT JOIN entity e ON e.entity_id = c.entity_id
     WHERE c.received_on <= $2::date
       AND ($1::text IS NULL OR coalesce(c.region_code, e.region_code) = $1)
     GROUP BY 1
), summed AS (
    SELECT coalesce(sum(complaints), 0)::bigint AS received,
           coalesce(json_object_agg(handling, complaints), '{}')::jsonb AS parts
      FROM handled
)
SELECT received, coalesce((parts ->> 'accepted_in_limit')::bigint, 0) AS accepted_in_limit,
       coalesce((parts ->> 'accepted_late')::bigint, 0) AS accepted_late,
       coalesce((parts ->> 'overdue')::bigint, 0) AS overdue,
       coalesce((parts ->> 'open')::bigint, 0) AS open,
       coalesce((parts ->> 'no_limit')::bigint, 0) AS no_limit
  FROM summed
