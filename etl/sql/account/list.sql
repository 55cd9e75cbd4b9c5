-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: all accounts. Columns: name, role, region_code, department_id, disabled, created_at,
-- sessions that have not expired. Parameters: now.
SELECT a.name, a.role, a.region_code, a.department_id, a.disabled,
       to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       (SELECT count(*) FROM session s
         WHERE s.account_id = a.account_id AND s.expires_at > $1::timestamptz)
  FROM account a
 ORDER BY a.name
