-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: jobs of a process that is gone. Parameters: now, runs of feeds (true) or all others.
-- Columns: none.
UPDATE job
   SET state = 'failed', error = 'the process that ran it has ended', finished_at = $1
 WHERE state = 'running' AND (kind = 'feed') = $2::boolean
