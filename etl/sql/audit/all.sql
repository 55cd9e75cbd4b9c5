-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the whole chain in order. Columns: sequence, at (UTC, whole seconds), actor, action,
-- subject, detail, request_id, previous_hash, hash.
SELECT sequence, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), actor, action, subject,
       detail, request_id, previous_hash, hash
  FROM audit
 ORDER BY sequence
