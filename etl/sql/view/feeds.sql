-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the sources that deliver by themselves, how their last runs ended and when something was
-- delivered last. A district's account sees them too: they hold no register data. What a failure
-- said is for whoever mends feeds.
-- Parameters: 1 sees raw rows; 2 key; 3 rows.
SELECT f.feed AS key_1, f.feed, f.feed_kind, f.record_kind, f.jurisdiction,
       json_build_object('zh', f.title_zh, 'en', f.title_en) AS title,
       f.expected_minutes, f.expected_working_days,
       CASE WHEN EXISTS (SELECT FROM job j
                          WHERE j.kind = 'feed' AND j.state = 'running'
                            AND j.argument ->> 'feed' = f.feed) THEN 'running'
            WHEN f.feed_kind = 'push' THEN 'listening'
            ELSE coalesce(f.outcome, 'new') END AS state,
       f.started_at, f.ended_at, f.failures,
       CASE WHEN $1::boolean THEN f.error END AS error,
       d.delivered_at AS last_delivered_at, d.name AS last_delivery
  FROM feed f
  LEFT JOIN LATERAL (SELECT delivered_at, name
                       FROM feed_delivery
                      WHERE feed_id = f.feed_id AND complete AND refused IS NULL
                      ORDER BY delivered_at DESC
                      LIMIT 1) d ON true
 WHERE f.retired_at IS NULL
   AND ($2::text IS NULL OR f.feed COLLATE "C" > $2::text)
 ORDER BY f.feed COLLATE "C"
 LIMIT $3
