-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: let go of what try_lock.sql got. Parameters: feed_id. Columns: was held.
SELECT pg_advisory_unlock(5015, $1::integer)
