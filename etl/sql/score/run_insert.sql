-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: record a run. Parameters: scheme, model_version, model hash (hex), model_document,
-- as_of, score_table, entities, facts, now. Columns: run_id.
INSERT INTO score_run (scheme, model_version, model_sha256, model_document, as_of, score_table,
                       entities, facts, class_changes, last_batch_id, finished_at)
VALUES ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8, 0,
        (SELECT coalesce(max(batch_id), 0) FROM load_batch), $9)
RETURNING run_id
