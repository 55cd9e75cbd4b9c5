-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: has this database ever been migrated? Columns: true or false.
SELECT to_regclass('schema_migration') IS NOT NULL
