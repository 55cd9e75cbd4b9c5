-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: limits of a session, and room for the temporary tables of a load, which is taken only by
-- sessions that have any: with PostgreSQL's 8 MB a batch is written to disk while it is staged.
-- Parameters: statement timeout, lock timeout.
SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
       set_config('temp_buffers', '64MB', false)
