-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: how many alerts are in each state, under the filter of the queue but for the state.
-- Parameters: 1 region of the scope; NULL = any: 2 rule_id, 3 severity, 4 region_code, 5 assignee,
-- 6 overdue, by 7 today.
-- Columns: state, count.
SELECT a.state, count(*)
  FROM alert a
 WHERE ($1::text IS NULL OR a.region_code = $1)
   AND ($2::text IS NULL OR a.rule_id = $2)
   AND ($3::text IS NULL OR a.severity = $3)
   AND ($4::text IS NULL OR a.region_code = $4)
   AND ($5::text IS NULL OR a.assignee = $5)
   AND ($6::boolean IS NULL
        OR $6::boolean = coalesce((a.evidence ->> 'due_on')::date < $7::date, false))
 GROUP BY a.state
