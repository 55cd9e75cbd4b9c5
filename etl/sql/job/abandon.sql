-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: jobs of a process that is gone. Parameters: now. Columns: none.
UPDATE job
   SET state = 'failed', error = 'the process that ran it has ended', finished_at = $1
 WHERE state = 'running'
