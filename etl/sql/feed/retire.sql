-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: feeds whose documents are gone. Parameters: now, the feeds that are there (a text array).
-- Columns: none.
UPDATE feed SET retired_at = $1 WHERE retired_at IS NULL AND feed <> ALL ($2::text[])
