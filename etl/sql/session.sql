-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: limits of a session. Parameters: statement timeout, lock timeout.
SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false)
