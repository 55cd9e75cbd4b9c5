-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a new account; no row when the name is taken.
-- Parameters: name, role, region_code, department_id, password_hash, now. Columns: account_id.
INSERT INTO account (name, role, region_code, department_id, password_hash, disabled, created_at,
                     password_at)
VALUES ($1, $2, $3, $4, $5, false, $6, $6)
ON CONFLICT (name) DO NOTHING
RETURNING account_id
