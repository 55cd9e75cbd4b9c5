-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: open alerts of a rule about complaints that a scan of a later day did not find again,
-- and the complaint of each as known now.
-- Parameters: 1 rule_id, 2 evidence mark of the scan, 3 the moment at which the day is over.
-- Columns: alert_id, fingerprint (hex), state, received_on (NULL: no such complaint any more),
-- accepted_on, refused_on, ended_on.
WITH known_complaint AS (
    SELECT entity_id, record_key, received_on, accepted_on, refused_on,
           least(mediation_ended_on, ended_on) AS ended_on, batch_id
      FROM complaint
     WHERE known_at < $3::timestamptz
    UNION ALL
    SELECT entity_id, record_key, received_on, accepted_on, refused_on,
           least(mediation_ended_on, ended_on), batch_id
      FROM complaint_past
     WHERE known_at < $3::timestamptz AND known_until >= $3::timestamptz
)
SELECT a.alert_id, encode(a.fingerprint, 'hex'), a.state, k.received_on, k.accepted_on,
       k.refused_on, k.ended_on
  FROM alert a
  LEFT JOIN LATERAL (SELECT c.*
                       FROM known_complaint c
                       JOIN load_batch b ON b.batch_id = c.batch_id
                       JOIN load_source s ON s.source_id = b.source_id
                      WHERE c.entity_id = a.entity_id
                        AND c.record_key = a.labels ->> 'record_key'
                        AND s.source = a.labels ->> 'source') k ON true
 WHERE a.rule_id = $1 AND a.rule_kind = 'complaint_not_accepted' AND a.open
   AND a.lapsed_as_of IS NULL AND a.evidence_mark < $2
 ORDER BY a.alert_id
