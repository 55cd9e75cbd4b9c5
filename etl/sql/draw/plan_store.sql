-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: register a plan, once. Parameters: plan_id, authority, title, document, hash (hex), now.
-- Columns: hash (hex) of the registered document, authority, is it new.
INSERT INTO plan (plan_id, authority, title, document, hash, created_at)
VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6)
ON CONFLICT (plan_id) DO UPDATE SET plan_id = EXCLUDED.plan_id
RETURNING encode(hash, 'hex'), authority, xmax = 0
