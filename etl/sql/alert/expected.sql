-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the feeds that state how often they deliver, and when each delivered last, as of the end
-- of a day or of now, whichever is earlier. What was refused was not delivered.
-- Parameters: 1 the moment at which the day is over, 2 now (whole seconds, cut), 3 minutes that the register's zone is
-- ahead of UTC. Columns: feed, record kind, jurisdiction, expected minutes, on working days only,
-- silent since and judged at (minutes since 1970-01-01 of the zone; a feed that never delivered is
-- silent since its registration), last delivery or NULL.
SELECT f.feed, f.record_kind, f.jurisdiction, f.expected_minutes, f.expected_working_days,
       floor(extract(epoch FROM coalesce(d.at, f.registered_at)) / 60)::bigint + $3::integer,
       floor(extract(epoch FROM j.at) / 60)::bigint + $3::integer,
       to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  FROM feed f
  CROSS JOIN (SELECT least($1::timestamptz, $2::timestamptz + interval '1 second') AS at) j
  LEFT JOIN LATERAL (SELECT delivered_at AS at
                       FROM feed_delivery
                      WHERE feed_id = f.feed_id AND complete AND refused IS NULL
                        AND delivered_at <= j.at
                      ORDER BY delivered_at DESC
                      LIMIT 1) d ON true
 WHERE f.expected_minutes IS NOT NULL AND f.registered_at <= j.at
   AND (f.retired_at IS NULL OR f.retired_at > j.at)
 ORDER BY f.feed COLLATE "C"
