-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: mark the rejects that a replay took, and give the others the reason of this try.
-- Parameters: the batch of the replay.
UPDATE load_reject r
   SET taken_by = CASE WHEN NOT v.failed THEN $1::bigint END,
       field = coalesce(v.field, r.field), reason = coalesce(v.reason, r.reason),
       message = coalesce(v.message, r.message)
  FROM verdict v
 WHERE r.reject_id = v.reject_id
