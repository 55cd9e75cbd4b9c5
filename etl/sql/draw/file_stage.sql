-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: staging of files, so that a file that exists already takes the new bytes.
CREATE TEMP TABLE stage_file (LIKE draw_file) ON COMMIT DROP
