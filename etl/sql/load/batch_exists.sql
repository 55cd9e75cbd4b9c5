-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: did this batch commit? Asked after a connection was lost during COMMIT.
-- Parameters: batch_id. Columns: one row if so.
SELECT 1 FROM load_batch WHERE batch_id = $1
