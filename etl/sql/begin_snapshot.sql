-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one state of the database for several reads.
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY
