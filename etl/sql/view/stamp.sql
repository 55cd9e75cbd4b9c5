-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the run whose figures are shown. Columns: as_of, scheme, model_version, run_id,
-- score_table.
SELECT r.as_of, r.scheme, r.model_version, r.run_id, r.score_table
  FROM score_published p
  JOIN score_run r USING (run_id)
