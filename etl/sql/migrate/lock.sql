-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one migration at a time.
LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE
