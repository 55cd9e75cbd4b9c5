-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a person did with an alert. Parameters: 1 alert_id, 2 state, 3 open, 4 assignee and
-- 5 verdict (NULL: unchanged), 6 now.
UPDATE alert
   SET state = $2, open = $3, assignee = coalesce($4, assignee), verdict = coalesce($5, verdict),
       updated_at = $6
 WHERE alert_id = $1
