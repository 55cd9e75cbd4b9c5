-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: end every session of an account. Parameters: account name. Columns: none.
DELETE FROM session WHERE account_id = (SELECT account_id FROM account WHERE name = $1)
