-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: whose session it is; no row when there is none, it is over, or its account is disabled.
-- Parameters: hash (hex), now, idle limit in minutes. Columns: account_id, name, role, region_code,
-- department_id, expires_at and seen_at (seconds since 1970-01-01 UTC).
SELECT a.account_id, a.name, a.role, a.region_code, a.department_id,
       extract(epoch FROM s.expires_at)::bigint, extract(epoch FROM s.seen_at)::bigint
  FROM session s
  JOIN account a USING (account_id)
 WHERE s.session_hash = decode($1, 'hex')
   AND s.expires_at > $2::timestamptz
   AND s.seen_at > $2::timestamptz - make_interval(mins => $3::integer)
   AND NOT a.disabled
