-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: where the sequences stand, those of identity columns too; a sequence is not part of a
-- snapshot, so what it says is never behind the rows. Columns: name, last value.
SELECT sequencename, last_value
  FROM pg_sequences
 WHERE schemaname = current_schema() AND last_value IS NOT NULL
 ORDER BY sequencename COLLATE "C"
