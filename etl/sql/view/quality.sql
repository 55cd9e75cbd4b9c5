-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what each source sent on each day and how good it was, the newest day first. rows_in,
-- inserted, updated, identical, rejected, withheld, duplicates and stubs are those of the day's
-- deliveries; replayed is how many earlier rejects were taken in on that day. rejects: by reason;
-- unknown_codes: those of them for a value that no code list has. filled_ppm: of the rows that were
-- read, how many have each field. freshness_days: from the last day on which something in them
-- happened to the day on which they came. A district's account sees them too: no register data.
-- Parameters: 1 source or NULL, 2 and 3 first and last day or NULL; 4 and 5 keys; 6 rows.
WITH batch AS (
    SELECT q.loaded_on, s.source, s.record_kind, b.*, q.duplicates, q.newest_on, q.reasons, q.filled,
           b.replay_of IS NULL AS delivered,
           b.rows_in - b.rejected AS taken
      FROM load_quality q
      JOIN load_batch b ON b.batch_id = q.batch_id
      JOIN load_source s ON s.source_id = b.source_id
     WHERE ($1::text IS NULL OR s.source = $1)
       AND ($2::date IS NULL OR q.loaded_on >= $2::date)
       AND ($3::date IS NULL OR q.loaded_on <= $3::date)
       AND ($4::date IS NULL OR q.loaded_on < $4::date
            OR (q.loaded_on = $4::date AND s.source COLLATE "C" > $5::text))
), day AS (
    SELECT loaded_on, source, record_kind,
           sum(rows_in) FILTER (WHERE delivered) AS rows_in,
           sum(inserted) FILTER (WHERE delivered) AS inserted,
           sum(updated) FILTER (WHERE delivered) AS updated,
           sum(identical) FILTER (WHERE delivered) AS identical,
           sum(rejected) FILTER (WHERE delivered) AS rejected,
           sum(withheld) AS withheld,
           sum(duplicates) FILTER (WHERE delivered) AS duplicates,
           sum(stubs) FILTER (WHERE delivered) AS stubs,
           sum(taken) FILTER (WHERE NOT delivered) AS replayed,
           sum(taken) FILTER (WHERE delivered) AS rows_read,
           max(newest_on) FILTER (WHERE delivered) AS newest_on,
           array_agg(batch_id) FILTER (WHERE delivered) AS batch_ids
      FROM batch
     GROUP BY loaded_on, source, record_kind
     ORDER BY loaded_on DESC, source COLLATE "C"
     LIMIT $6
)
SELECT d.loaded_on AS key_1, d.source AS key_2, d.loaded_on, d.source, d.record_kind,
       coalesce(d.rows_in, 0)::bigint AS rows_in, coalesce(d.inserted, 0)::bigint AS inserted,
       coalesce(d.updated, 0)::bigint AS updated, coalesce(d.identical, 0)::bigint AS identical,
       coalesce(d.rejected, 0)::bigint AS rejected, coalesce(d.withheld, 0)::bigint AS withheld,
       coalesce(d.duplicates, 0)::bigint AS duplicates, coalesce(d.stubs, 0)::bigint AS stubs,
       coalesce(d.replayed, 0)::bigint AS replayed, d.newest_on,
       d.loaded_on - d.newest_on AS freshness_days, coalesce(r.unknown_codes, 0) AS unknown_codes,
       coalesce(r.rejects, '{}') AS rejects, coalesce(f.filled_ppm, '{}') AS filled_ppm
  FROM day d
 CROSS JOIN LATERAL (
       SELECT json_object_agg(reason, rows ORDER BY reason) AS rejects,
              sum(rows) FILTER (WHERE reason IN ('code', 'region', 'industry'))::bigint
                  AS unknown_codes
         FROM (SELECT p.key AS reason, sum(p.value::bigint)::bigint AS rows
                 FROM load_quality q CROSS JOIN LATERAL jsonb_each_text(q.reasons) p
                WHERE q.batch_id = ANY (d.batch_ids)
                GROUP BY p.key) o) r
 CROSS JOIN LATERAL (
       SELECT json_object_agg(field, round(rows * 1000000.0 / nullif(d.rows_read, 0))::bigint
                              ORDER BY field) AS filled_ppm
         FROM (SELECT p.key AS field, sum(p.value::bigint) AS rows
                 FROM load_quality q CROSS JOIN LATERAL jsonb_each_text(q.filled) p
                WHERE q.batch_id = ANY (d.batch_ids)
                GROUP BY p.key) o) f
 ORDER BY d.loaded_on DESC, d.source COLLATE "C"
