-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what happened to an alert. Parameters: 1 alert_id, 2 the zone of moments as +hh:mm.
-- Columns: transition_id, event, from_state, to_state, actor, reason, assignee, verdict, as_of, at,
-- hash (hex), evidence.
SELECT transition_id, event, from_state, to_state, actor, reason, assignee, verdict, as_of,
       to_char(at AT TIME ZONE $2::text::interval, 'YYYY-MM-DD"T"HH24:MI:SS') || $2::text,
       encode(hash, 'hex'), evidence
  FROM alert_transition
 WHERE alert_id = $1
 ORDER BY transition_id
