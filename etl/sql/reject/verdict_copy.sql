-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream what became of the rejects of a replay.
COPY verdict FROM STDIN
