-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what happened to an alert that was found within the scope. "from" is NULL for the step
-- that raised it. Parameters: 1 alert_id.
SELECT transition_id AS step, event, nullif(from_state, 'none') AS "from", to_state AS "to", actor,
       reason, assignee, verdict, as_of, at, encode(hash, 'hex') AS hash
  FROM alert_transition
 WHERE alert_id = $1
 ORDER BY transition_id
