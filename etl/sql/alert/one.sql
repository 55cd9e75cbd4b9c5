-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a step needs to know of an alert. Parameters: 1 alert_id, 2 region_code of the only
-- district whose alerts are there (NULL = any).
-- Columns: fingerprint (hex), rule_id, state, version (number of its last step).
SELECT encode(a.fingerprint, 'hex'), a.rule_id, a.state,
       (SELECT max(t.transition_id) FROM alert_transition t WHERE t.alert_id = a.alert_id)
  FROM alert a
 WHERE a.alert_id = $1 AND ($2::text IS NULL OR a.region_code = $2)
