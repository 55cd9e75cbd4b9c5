-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: readers use this run from the end of the transaction on. Parameters: run_id.
INSERT INTO score_published (only_row, run_id) VALUES (true, $1)
ON CONFLICT (only_row) DO UPDATE SET run_id = EXCLUDED.run_id
