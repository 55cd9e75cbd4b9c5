-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one change of draws at a time: numbers are gapless and the log is one chain.
LOCK TABLE draw IN SHARE ROW EXCLUSIVE MODE
