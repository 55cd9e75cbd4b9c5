-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a run begins. Parameters: feed_id, now. Columns: watermark.
UPDATE feed SET started_at = $2, ended_at = NULL WHERE feed_id = $1::bigint RETURNING watermark
