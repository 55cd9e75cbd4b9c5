-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the last alert with a fingerprint. Parameters: fingerprint (hex).
-- Columns: alert_id, state, evidence_mark.
SELECT alert_id, state, evidence_mark
  FROM alert
 WHERE fingerprint = decode($1, 'hex')
 ORDER BY alert_id DESC
 LIMIT 1
