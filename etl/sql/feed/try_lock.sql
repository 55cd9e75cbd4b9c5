-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: this session alone runs the feed, until it lets go or ends. The first number keeps these
-- locks apart from others. Parameters: feed_id. Columns: got it.
SELECT pg_try_advisory_lock(5015, $1::integer)
