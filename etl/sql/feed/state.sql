-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what the schedule goes by. Parameters: none. Columns: feed, feed_id, seconds since
-- 1970-01-01 UTC of the last begin or, before the first, of the registration; failures in a row.
SELECT feed, feed_id, extract(epoch FROM coalesce(started_at, registered_at))::bigint, failures
  FROM feed
 WHERE retired_at IS NULL
