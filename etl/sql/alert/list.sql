-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: alerts, the most severe first. Parameters, NULL = any: 1 alert_id, 2 open, 3 state,
-- 4 rule_id, 5 region_code, 6 severity; 7 array of severities in the order of the list, 8 the zone
-- of moments as +hh:mm, 9 how many at most.
-- Columns: alert_id, rule_id, rule_kind, labels, state, open, severity, entity_code, region_code,
-- industry_section, first_as_of, last_as_of, hits, evidence, lapsed_as_of, assignee, verdict,
-- previous, created_at, updated_at, fingerprint (hex).
SELECT alert_id, rule_id, rule_kind, labels::text, state, open, severity, entity_code, region_code,
       industry_section, first_as_of, last_as_of, hits, evidence::text, lapsed_as_of, assignee,
       verdict, previous,
       to_char(created_at AT TIME ZONE $8::text::interval, 'YYYY-MM-DD"T"HH24:MI:SS') || $8::text,
       to_char(updated_at AT TIME ZONE $8::text::interval, 'YYYY-MM-DD"T"HH24:MI:SS') || $8::text,
       encode(fingerprint, 'hex')
  FROM alert
 WHERE ($1::bigint IS NULL OR alert_id = $1::bigint)
   AND ($2::boolean IS NULL OR open = $2::boolean)
   AND ($3::text IS NULL OR state = $3)
   AND ($4::text IS NULL OR rule_id = $4)
   AND ($5::text IS NULL OR region_code = $5)
   AND ($6::text IS NULL OR severity = $6)
 ORDER BY array_position($7::text[], severity), alert_id
 LIMIT $9
