-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: empty the idle table score_two.
TRUNCATE score_two
