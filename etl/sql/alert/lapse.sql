-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the condition of an alert is no longer found. Parameters: alert_id, as_of, now.
UPDATE alert SET lapsed_as_of = $2, updated_at = $3 WHERE alert_id = $1
