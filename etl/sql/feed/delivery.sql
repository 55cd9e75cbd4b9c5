-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a delivery by its key. Parameters: feed_id, delivery_key. Columns: delivery_id, content
-- hash (hex), complete, refused.
SELECT delivery_id, encode(content_sha256, 'hex'), complete, refused
  FROM feed_delivery
 WHERE feed_id = $1::bigint AND delivery_key = $2
