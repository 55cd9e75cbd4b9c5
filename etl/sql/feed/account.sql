-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what became of the rows of a delivery. Parameters: delivery_id. Columns: rows in,
-- inserted, updated, identical, rejected.
SELECT coalesce(sum(b.rows_in), 0)::bigint, coalesce(sum(b.inserted), 0)::bigint,
       coalesce(sum(b.updated), 0)::bigint, coalesce(sum(b.identical), 0)::bigint,
       coalesce(sum(b.rejected), 0)::bigint
  FROM feed_batch f
  JOIN load_batch b USING (batch_id)
 WHERE f.delivery_id = $1
