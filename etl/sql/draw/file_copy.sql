-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream the files of a bundle.
COPY stage_file FROM STDIN
