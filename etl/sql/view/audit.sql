-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the audit chain, the newest entry first; `at` is UTC in whole seconds, as it is hashed.
-- Parameters: key, rows.
SELECT sequence AS key_1, sequence,
       to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, actor, action, subject,
       detail, request_id, encode(hash, 'hex') AS hash
  FROM audit
 WHERE ($1::bigint IS NULL OR sequence < $1)
 ORDER BY sequence DESC
 LIMIT $2
