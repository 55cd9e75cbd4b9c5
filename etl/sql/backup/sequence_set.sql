-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: put a sequence to where it stood; one that the schema does not have belonged to another
-- program. Parameters: name, last value. Columns: the value.
SELECT setval(s.sequence, $2::bigint)
  FROM (SELECT to_regclass(quote_ident(current_schema()) || '.' || quote_ident($1::text))) s (sequence)
 WHERE s.sequence IS NOT NULL
