-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a page of the chain, newest first. Parameters: before this sequence (NULL = from the
-- end), limit. Columns: sequence, at (UTC), actor, action, subject, detail, request_id, hash (hex).
SELECT sequence, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), actor, action, subject,
       detail, request_id, encode(hash, 'hex')
  FROM audit
 WHERE $1::bigint IS NULL OR sequence < $1::bigint
 ORDER BY sequence DESC
 LIMIT $2::bigint
