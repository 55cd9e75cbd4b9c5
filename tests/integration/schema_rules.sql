-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one row per breach of the rules that let the same schema run on one PostgreSQL and on
-- Citus. Input: the catalogue of tables (etl/sql/tables.csv: table, class, key) on standard input;
-- the key of a distributed table is the column by which it is spread. Output: table, what is wrong.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;

CREATE TEMP TABLE catalogue (name text, class text, key text);
\copy catalogue FROM pstdin WITH (FORMAT csv, HEADER)

-- The register's own tables; a partition follows its parent.
CREATE TEMP VIEW own AS
SELECT c.oid, c.relname::text AS name, c.relrowsecurity, k.class, k.key
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (SELECT DISTINCT ON (name) * FROM catalogue ORDER BY name) k ON k.name = c.relname
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(temp|toast)';

CREATE TEMP VIEW own_column AS
SELECT o.name, o.class, o.key, a.attrelid, a.attnum, a.attname::text AS column_name, a.attnotnull,
       a.attidentity, format_type(a.atttypid, NULL) AS type,
       pg_get_expr(d.adbin, d.adrelid) AS default_value
FROM own o
JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = '';

-- Unique indexes, whether made by PRIMARY KEY, UNIQUE, EXCLUDE or CREATE UNIQUE INDEX.
CREATE TEMP VIEW own_unique AS
SELECT o.name, o.class, o.key, i.indisprimary, i.indexrelid::regclass::text AS index_name,
       ARRAY(SELECT a.attname::text
             FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS part (attnum, place)
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = part.attnum
             WHERE part.place <= i.indnkeyatts
             ORDER BY part.place) AS columns
FROM own o
JOIN pg_index i ON i.indrelid = o.oid
WHERE i.indisunique OR i.indisexclusion;

CREATE TEMP VIEW own_reference AS
SELECT o.name, o.class, o.key, t.name AS target, t.class AS target_class, t.key AS target_key,
       c.conname,
       EXISTS (SELECT FROM unnest(c.conkey, c.confkey) AS pair (here, there)
               JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = pair.here
               JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = pair.there
               WHERE h.attname = o.key AND r.attname = t.key) AS by_key
FROM own o
JOIN pg_constraint c ON c.conrelid = o.oid AND c.contype = 'f'
JOIN own t ON t.oid = c.confrelid;

-- Rule 3: every table has exactly one class.
SELECT name, 'is not in the catalogue of tables' FROM own WHERE class IS NULL
UNION ALL
SELECT k.name, 'is in the catalogue, but not in the database'
FROM catalogue k WHERE NOT EXISTS (SELECT FROM own o WHERE o.name = k.name)
UNION ALL
SELECT name, 'is in the catalogue ' || count(*) || ' times'
FROM catalogue GROUP BY name HAVING count(*) > 1
UNION ALL
SELECT name, format('class %s is none of distributed, reference, local', class)
FROM catalogue WHERE class IS NULL OR class NOT IN ('distributed', 'reference', 'local')
UNION ALL
SELECT name, 'has a key in the catalogue if and only if it is distributed: this is not so'
FROM catalogue WHERE (class = 'distributed') <> (key IS NOT NULL)
-- Rule 1: the key of a distributed table.
UNION ALL
SELECT o.name, format('key %s is not a column of type bigint NOT NULL', o.key)
FROM own o
WHERE o.class = 'distributed'
  AND NOT EXISTS (SELECT FROM own_column c
                  WHERE c.attrelid = o.oid AND c.column_name = o.key AND c.type = 'bigint'
                    AND c.attnotnull)
UNION ALL
SELECT name, format('column entity_id is %s, not bigint', type)
FROM own_column WHERE column_name ~ '(^|_)entity_id$' AND type <> 'bigint'
UNION ALL
SELECT o.name, 'has no primary key'
FROM own o WHERE NOT EXISTS (SELECT FROM own_unique u WHERE u.name = o.name AND u.indisprimary)
UNION ALL
SELECT name, format('primary key (%s) does not begin with %s', array_to_string(columns, ', '), key)
FROM own_unique WHERE class = 'distributed' AND indisprimary AND columns[1] IS DISTINCT FROM key
-- Rules 1 and 2: no uniqueness apart from the key.
UNION ALL
SELECT name, format('unique index %s (%s) does not contain %s', index_name,
                    array_to_string(columns, ', '), key)
FROM own_unique WHERE class = 'distributed' AND NOT (key = ANY (columns))
-- Rule 4: which table may refer to which.
UNION ALL
SELECT name, format('foreign key %s: %s -> %s (%s)', conname, class, target_class, target)
FROM own_reference
WHERE NOT (target_class = 'reference'
           OR class = 'local' AND target_class = 'local'
           OR class = 'distributed' AND target_class = 'distributed' AND by_key)
-- Backups fill tables in the order of the catalogue.
UNION ALL
SELECT r.name, format('stands in the catalogue before %s, to which it refers', r.target)
FROM own_reference r
JOIN catalogue here ON here.name = r.name
JOIN catalogue there ON there.name = r.target
WHERE here.name <> there.name AND here.ctid < there.ctid
-- Rule 5: nothing happens behind a statement's back.
UNION ALL
SELECT o.name, format('%s table has trigger %s', o.class, t.tgname)
FROM own o JOIN pg_trigger t ON t.tgrelid = o.oid
WHERE o.class <> 'local' AND NOT t.tgisinternal
UNION ALL
SELECT o.name, format('%s table has rule %s', o.class, r.rulename)
FROM own o JOIN pg_rewrite r ON r.ev_class = o.oid
WHERE o.class <> 'local'
UNION ALL
SELECT o.name, format('%s table has row-level security', o.class)
FROM own o
WHERE o.class <> 'local'
  AND (o.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = o.oid))
-- Rule 16: ids.
UNION ALL
SELECT name, format('column %s takes its default from a sequence (%s)', column_name, default_value)
FROM own_column WHERE default_value ~ 'nextval\('
UNION ALL
SELECT name, format('identity column %s is %s, not bigint', column_name, type)
FROM own_column WHERE attidentity <> '' AND type <> 'bigint'
-- Units: money in fen, days as dates, moments with zone, no floating point.
UNION ALL
SELECT name, format('column %s is %s', column_name, type)
FROM own_column
WHERE type IN ('timestamp without time zone', 'real', 'double precision', 'money')
   OR column_name ~ '_(fen|ppm|milli)$' AND type NOT IN ('bigint', 'integer')
   OR column_name ~ '_fen$' AND type <> 'bigint'
   OR column_name ~ '_on$' AND type <> 'date'
   OR column_name ~ '_at$' AND type <> 'timestamp with time zone'
ORDER BY 1, 2;
