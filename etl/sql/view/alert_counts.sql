-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: how many alerts are in each state, under the filter of the queue but for the state.
-- Parameters: 1 region of the scope; NULL = any: 2 rule_id, 3 severity, 4 region_code, 5 assignee.
-- Columns: state, count.
SELECT a.state, count(*)
  FROM alert a
 WHERE ($1::text IS NULL OR a.region_code = $1)
   AND ($2::text IS NULL OR a.rule_id = $2)
   AND ($3::text IS NULL OR a.severity = $3)
   AND ($4::text IS NULL OR a.region_code = $4)
   AND ($5::text IS NULL OR a.assignee = $5)
 GROUP BY a.state
