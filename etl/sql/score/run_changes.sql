-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: how many classes the run changed. Parameters: run_id, class_changes.
UPDATE score_run SET class_changes = $2 WHERE run_id = $1
