-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what the schedule goes by. Parameters: none. Columns: feed, feed_id, seconds since
-- 1970-01-01 UTC of the last begin (0: none), failures in a row.
SELECT feed, feed_id, coalesce(extract(epoch FROM started_at), 0)::bigint, failures
  FROM feed
 WHERE retired_at IS NULL
