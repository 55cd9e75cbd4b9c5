-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the tables that a restored schema has. Columns: name.
SELECT c.relname
  FROM pg_class c
 WHERE c.relnamespace = quote_ident(current_schema())::regnamespace AND c.relkind IN ('r', 'p')
   AND NOT c.relispartition
