-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the register at a glance, one row of JSON members; every table is read once.
-- Parameters: 1 region or NULL; 2 department of the scope; 3 score table, 4 run_id, 5 classes of the
-- model, best first; 6 day of the answer; 7 outcomes of inspections that are judged, 8 those that
-- are adverse; 9 tiles as a JSON array of {region_code, row, column, rows}; 10 today.
-- Columns: classes, class_moves, regions, inspections, alerts. Counts are those of registered
-- entities; adverse_ppm is NULL where nothing was judged. previous_count is the count before the
-- moves of the run, NULL when the run before it was of another scheme. An alert is overdue when it
-- is open and the day in its evidence (due_on) is over.
WITH entities AS MATERIALIZED (
    SELECT e.region_code, s.class, count(*) AS count
      FROM entity e
      LEFT JOIN score_both s ON s.entity_id = e.entity_id AND s.score_table = $3::text
     WHERE e.registered AND ($1::text IS NULL OR e.region_code = $1)
     GROUP BY 1, 2
), moves AS MATERIALIZED (
    SELECT c.from_class, c.to_class, count(*) AS count
      FROM class_change c
      JOIN entity e ON e.entity_id = c.entity_id
     WHERE c.run_id = $4::bigint AND ($1::text IS NULL OR e.region_code = $1)
     GROUP BY 1, 2
), inspected AS MATERIALIZED (
    SELECT e.region_code, count(*) AS count,
           count(*) FILTER (WHERE i.outcome = ANY ($7::text[])) AS judged,
           count(*) FILTER (WHERE i.outcome = ANY ($8::text[])) AS adverse
      FROM inspection i
      LEFT JOIN entity e ON e.entity_id = i.entity_id
     WHERE i.occurred_on <= $6::date
       AND ($1::text IS NULL OR e.region_code = $1)
       AND ($2::text IS NULL OR i.department_id = $2)
     GROUP BY 1
), open_alerts AS MATERIALIZED (
    SELECT region_code, severity, count(*) AS count,
           count(*) FILTER (WHERE (evidence ->> 'due_on')::date < $10::date) AS overdue
      FROM alert
     WHERE open AND ($1::text IS NULL OR region_code = $1)
     GROUP BY 1, 2
), before AS (
    SELECT coalesce((SELECT o.scheme = r.scheme FROM score_run o WHERE o.run_id < r.run_id
                      ORDER BY o.run_id DESC LIMIT 1), false) AS comparable
      FROM score_run r
     WHERE r.run_id = $4::bigint
), classes AS (
    SELECT c.class, c.place,
           (SELECT coalesce(sum(e.count), 0)::bigint FROM entities e WHERE e.class = c.class) AS now,
           (SELECT coalesce(sum(m.count), 0)::bigint FROM moves m WHERE m.to_class = c.class) AS came,
           (SELECT coalesce(sum(m.count), 0)::bigint FROM moves m WHERE m.from_class = c.class)
               AS left_it
      FROM unnest($5::text[]) WITH ORDINALITY AS c (class, place)
), regions AS (
    SELECT r.region_code, r.name, t."row", t."column", t."rows",
           coalesce(e.entities, 0) AS entities, coalesce(e.classes, '{}') AS classes,
           i.adverse * 1000000 / nullif(i.judged, 0) AS adverse_ppm,
           coalesce(a.alerts, 0) AS alerts_open
      FROM json_to_recordset($9::json)
           AS t (region_code text, "row" integer, "column" integer, "rows" integer)
      JOIN region r ON r.region_code = t.region_code AND r.valid_from <= $6::date
                   AND (r.valid_to IS NULL OR r.valid_to >= $6::date)
      LEFT JOIN (SELECT region_code, sum(count)::bigint AS entities,
                        json_object_agg(class, count ORDER BY class)
                            FILTER (WHERE class IS NOT NULL) AS classes
                   FROM entities GROUP BY region_code) e ON e.region_code = r.region_code
      LEFT JOIN inspected i ON i.region_code = r.region_code
      LEFT JOIN (SELECT region_code, sum(count)::bigint AS alerts
                   FROM open_alerts GROUP BY region_code) a ON a.region_code = r.region_code
     WHERE $1::text IS NULL OR r.region_code = $1
)
SELECT (SELECT coalesce(json_agg(json_build_object('class', class, 'count', now, 'previous_count',
                                     CASE WHEN (SELECT comparable FROM before)
                                          THEN now - came + left_it END)
                                 ORDER BY place), '[]')
          FROM classes) AS classes,
       (SELECT coalesce(json_agg(json_build_object('from', from_class, 'to', to_class,
                                                   'count', count)
                                 ORDER BY from_class NULLS FIRST, to_class), '[]')
          FROM moves) AS class_moves,
       (SELECT coalesce(json_agg(r ORDER BY r.region_code COLLATE "C"), '[]') FROM regions r)
           AS regions,
       (SELECT json_build_object('count', coalesce(sum(count), 0)::bigint,
                                 'judged', coalesce(sum(judged), 0)::bigint,
                                 'adverse', coalesce(sum(adverse), 0)::bigint,
                                 'adverse_ppm', div(sum(adverse) * 1000000,
                                                    nullif(sum(judged), 0))::bigint)
          FROM inspected) AS inspections,
       (SELECT json_build_object('open', coalesce(sum(count), 0)::bigint,
                                 'overdue', coalesce(sum(overdue), 0)::bigint,
                                 'by_severity', (SELECT coalesce(json_object_agg(severity, count),
                                                                 '{}')
                                                   FROM (SELECT severity, sum(count)::bigint AS count
                                                           FROM open_alerts
                                                          GROUP BY severity) s))
          FROM open_alerts) AS alerts
