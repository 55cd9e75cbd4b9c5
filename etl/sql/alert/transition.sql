-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one link of the chain. Parameters: 1 transition_id, 2 alert_id, 3 event, 4 from_state,
-- 5 to_state, 6 actor, 7 reason, 8 assignee, 9 verdict, 10 evidence, 11 as_of, 12 at,
-- 13 previous_hash and 14 hash (hex).
INSERT INTO alert_transition (transition_id, alert_id, event, from_state, to_state, actor, reason,
                              assignee, verdict, evidence, as_of, at, previous_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, decode($13, 'hex'), decode($14, 'hex'))
