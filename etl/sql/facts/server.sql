-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what `heng check` says about a server and its database.
-- Parameters: none. Columns: server_version, encoding, checksums (on or off), database, role, size
-- (bytes), tables (in the schemas of the database's users).
SELECT current_setting('server_version') AS server_version,
       current_setting('server_encoding') AS encoding,
       current_setting('data_checksums') AS checksums,
       current_database() AS database,
       current_user AS role,
       pg_database_size(current_database()) AS size,
       (SELECT count(*)
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p')
           AND n.nspname NOT LIKE 'pg\_%'
           AND n.nspname <> 'information_schema') AS tables
