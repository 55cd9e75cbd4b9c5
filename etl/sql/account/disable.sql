-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: nobody can log in to this account any more. Parameters: name. Columns: none.
UPDATE account SET disabled = true WHERE name = $1
