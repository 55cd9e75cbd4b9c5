-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a delivery, or one more part of it, in the transaction of its records.
-- Parameters: feed_id, delivery_key, name, content hash (hex) or NULL, complete, refused or NULL, now.
-- Columns: delivery_id.
INSERT INTO feed_delivery (feed_id, delivery_key, name, content_sha256, complete, refused,
                           delivered_at)
VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6, $7)
ON CONFLICT (feed_id, delivery_key) DO UPDATE
   SET complete = excluded.complete, refused = excluded.refused,
       delivered_at = excluded.delivered_at
RETURNING delivery_id
