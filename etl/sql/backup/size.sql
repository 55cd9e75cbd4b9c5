-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: about how many rows a backup will have, as the planner knows it. Columns: rows.
SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint
  FROM pg_class c
 WHERE c.relnamespace = quote_ident(current_schema())::regnamespace AND c.relkind = 'r'
