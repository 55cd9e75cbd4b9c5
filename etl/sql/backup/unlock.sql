-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: give back the locks taken since savepoint.sql; the snapshot stays.
ROLLBACK TO SAVEPOINT scores
