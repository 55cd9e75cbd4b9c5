-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what stands in a database that should be empty: tables, views, sequences and functions
-- that no extension brought. Columns: how many, the first few by name.
WITH own AS (
    SELECT oid, nspname FROM pg_namespace
     WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_(temp|toast)'
), found AS (
    SELECT 'pg_class'::regclass AS class, c.oid,
           CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'view ' WHEN 'S' THEN 'sequence '
                          ELSE 'table ' END || c.relname AS thing
      FROM pg_class c JOIN own n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 'function ' || p.proname
      FROM pg_proc p JOIN own n ON n.oid = p.pronamespace
), counted AS (
    SELECT thing, row_number() OVER (ORDER BY thing LIKE 'table %' DESC, thing) AS place,
           count(*) OVER () AS things
      FROM found f
     WHERE NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = f.class AND d.objid = f.oid AND d.deptype = 'e')
)
SELECT coalesce(max(things), 0),
       string_agg(thing, ', ' ORDER BY place) FILTER (WHERE place <= 5)
  FROM counted
