-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the same condition found again; an alert that this opens again starts without assignee
-- and verdict. Parameters: 1 alert_id, 2 state, 3 severity, 4 as_of, 5 evidence_mark, 6 evidence,
-- 7 now, 8 whether it is opened again.
UPDATE alert
   SET state = $2, open = true, severity = $3, last_as_of = $4, hits = hits + 1, evidence_mark = $5,
       evidence = $6, lapsed_as_of = NULL, updated_at = $7,
       assignee = CASE WHEN $8::boolean THEN NULL ELSE assignee END,
       verdict = CASE WHEN $8::boolean THEN NULL ELSE verdict END
 WHERE alert_id = $1
