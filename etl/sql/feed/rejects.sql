-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the rows of a delivery that were rejected. Parameters: delivery_id. Columns: line, field,
-- reason, message.
SELECT r.line, r.field, r.reason, r.message
  FROM feed_batch f
  JOIN load_reject r USING (batch_id)
 WHERE f.delivery_id = $1
 ORDER BY r.line
