-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what the source of an alert source_silent delivered last, as it was known on a day.
-- Parameters: 1 alert_id, 2 region of the scope, 3 the moment at which the day is over, 4 rows.
SELECT 'delivery' AS fact_kind, d.delivery_key AS key, f.record_kind, d.delivered_at,
       d.complete, d.refused IS NOT NULL AS refused, f.feed AS source, d.name AS file
  FROM alert a
  JOIN feed f ON f.feed = a.labels ->> 'source'
  JOIN feed_delivery d ON d.feed_id = f.feed_id
 WHERE a.alert_id = $1 AND ($2::text IS NULL OR a.region_code = $2)
   AND d.delivered_at < $3::timestamptz
 ORDER BY d.delivered_at DESC
 LIMIT $4
