-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a step needs to know of an alert. Parameters: alert_id.
-- Columns: fingerprint (hex), rule_id, state.
SELECT encode(fingerprint, 'hex'), rule_id, state FROM alert WHERE alert_id = $1
