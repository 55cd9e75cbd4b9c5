-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the chain of steps in its order, every field as it was hashed.
-- Columns: transition_id, alert_id, fingerprint (hex), rule_id, event, from_state, to_state, actor,
-- reason, assignee, verdict, evidence, as_of, at, previous_hash (hex), hash (hex).
SELECT t.transition_id::text, t.alert_id::text, encode(a.fingerprint, 'hex'), a.rule_id, t.event,
       t.from_state, t.to_state, t.actor, t.reason, t.assignee, t.verdict, t.evidence,
       to_char(t.as_of, 'YYYY-MM-DD'),
       to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       encode(t.previous_hash, 'hex'), encode(t.hash, 'hex')
  FROM alert_transition t
  JOIN alert a ON a.alert_id = t.alert_id
 ORDER BY t.transition_id
