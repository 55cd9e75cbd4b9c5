-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the run that readers use. Columns: run_id, scheme, model hash (hex), model_version,
-- model_document, as_of, score_table, entities, facts, class_changes.
SELECT r.run_id, r.scheme, encode(r.model_sha256, 'hex'), r.model_version, r.model_document,
       r.as_of, r.score_table, r.entities, r.facts, r.class_changes
  FROM score_published p
  JOIN score_run r USING (run_id)
