-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream a run into score_one.
COPY score_one FROM STDIN
