-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a new password, which also enables the account again. Parameters: name, password_hash,
-- now. Columns: none.
UPDATE account SET password_hash = $2, password_at = $3, disabled = false WHERE name = $1
