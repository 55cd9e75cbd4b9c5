-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: open alerts of a rule about silent sources that no scan of a later day has hit.
-- Parameters: 1 rule_id, 2 evidence mark of the scan. Columns: alert_id, fingerprint (hex), state,
-- source.
SELECT alert_id, encode(fingerprint, 'hex'), state, labels ->> 'source'
  FROM alert
 WHERE rule_id = $1 AND rule_kind = 'source_silent' AND open AND lapsed_as_of IS NULL
   AND evidence_mark <= $2
 ORDER BY alert_id
