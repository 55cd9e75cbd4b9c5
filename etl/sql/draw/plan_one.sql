-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a registered plan. Parameters: plan_id. Columns: document.
SELECT document FROM plan WHERE plan_id = $1
