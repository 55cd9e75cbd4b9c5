-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one state of the database to read from, and writes on top of it.
BEGIN ISOLATION LEVEL REPEATABLE READ
