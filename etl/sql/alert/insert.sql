-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: a new alert at its first hit. Parameters: 1 fingerprint (hex), 2 rule_id, 3 rule_kind,
-- 4 labels, 5 state, 6 severity, 7 entity_id, 8 entity_code, 9 region_code, 10 industry_section,
-- 11 as_of, 12 evidence_mark, 13 evidence, 14 previous, 15 now. Columns: alert_id.
INSERT INTO alert (fingerprint, rule_id, rule_kind, labels, state, open, severity, entity_id,
                   entity_code, region_code, industry_section, first_as_of, last_as_of, hits,
                   evidence_mark, evidence, previous, created_at, updated_at)
VALUES (decode($1, 'hex'), $2, $3, $4, $5, true, $6, $7, $8, $9, $10, $11, $11, 1, $12, $13, $14,
        $15, $15)
RETURNING alert_id
