-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: whose draw it is. Parameters: authority, draw_number. Columns: plan_id.
SELECT plan_id FROM draw WHERE authority = $1 AND draw_number = $2::bigint
