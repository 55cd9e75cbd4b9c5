-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: where the records come from and how long each source has been silent, in whole days of
-- the register's zone since its last load; NULL: nothing was loaded yet. A district's account sees
-- them too: they hold no register data.
-- Parameters: 1 today, 2 minutes that the register's zone is ahead of UTC; 3 key; 4 rows.
SELECT s.source AS key_1, s.source, s.record_kind, s.jurisdiction, b.last_loaded_at, b.batches,
       b.rows_in, b.rejected,
       $1::date - ((b.last_loaded_at AT TIME ZONE 'UTC') + make_interval(mins => $2::integer))::date
           AS days_silent
  FROM load_source s
 CROSS JOIN LATERAL (SELECT max(loaded_at) AS last_loaded_at, count(*) AS batches,
                            coalesce(sum(rows_in), 0)::bigint AS rows_in,
                            coalesce(sum(rejected), 0)::bigint AS rejected
                       FROM load_batch
                      WHERE source_id = s.source_id AND replay_of IS NULL) b
 WHERE ($3::text IS NULL OR s.source COLLATE "C" > $3::text)
 ORDER BY s.source COLLATE "C"
 LIMIT $4
