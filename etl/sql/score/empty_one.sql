-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: empty the idle table score_one.
TRUNCATE score_one
