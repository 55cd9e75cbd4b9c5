-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: which staged rejects of an earlier batch are older than what is stored of their record: a
-- later line of that batch, or a later batch, said otherwise.
-- Parameters: the earlier batch. Columns: line.
SELECT s.line
  FROM stage s
  JOIN inspector f ON f.inspector_id = s.inspector_id
  JOIN load_batch b ON b.batch_id = f.batch_id
 WHERE f.content_hash IS DISTINCT FROM s.content_hash
   AND (coalesce(b.replay_of, b.batch_id), f.line) > ($1::bigint, s.line)
