-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a batch belongs to a delivery. Parameters: batch_id, delivery_id. Columns: none.
INSERT INTO feed_batch (batch_id, delivery_id) VALUES ($1, $2)
