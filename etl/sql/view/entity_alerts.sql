-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the alerts about an entity, the newest first. Parameters: 1 entity_id, 2 rows,
-- 3 region of the scope.
SELECT alert_id AS id, rule_id AS rule, evidence -> 'rule' -> 'title' AS rule_title, state,
       severity, first_as_of, last_as_of
  FROM alert
 WHERE entity_id = $1 AND ($3::text IS NULL OR region_code = $3)
 ORDER BY alert_id DESC
 LIMIT $2
