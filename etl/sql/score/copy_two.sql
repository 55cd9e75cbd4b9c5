-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: stream a run into score_two.
COPY score_two FROM STDIN
