-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what the planner needs to know of tables that were just filled.
ANALYZE
