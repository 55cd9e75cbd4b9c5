-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one account by its name. Parameters: name. Columns: account_id, name, role, region_code,
-- department_id, disabled, password_hash.
SELECT account_id, name, role, region_code, department_id, disabled, password_hash
  FROM account
 WHERE name = $1
