-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: every alert beside what its steps say it must be.
-- Columns: alert_id, fingerprint (hex), rule_id, labels, state, open, the first column that differs
-- (NULL: none).
SELECT a.alert_id, encode(a.fingerprint, 'hex'), a.rule_id, a.labels::text, a.state, a.open,
       CASE WHEN t.alert_id IS NULL THEN 'alert_id'
            WHEN a.state <> t.state THEN 'state'
            WHEN a.hits <> t.hits THEN 'hits'
            WHEN a.first_as_of <> t.first_as_of THEN 'first_as_of'
            WHEN a.last_as_of <> t.last_as_of THEN 'last_as_of'
            WHEN a.evidence <> t.evidence THEN 'evidence'
            WHEN a.severity <> t.evidence -> 'rule' ->> 'severity' THEN 'severity'
            WHEN a.rule_kind <> t.evidence -> 'rule' ->> 'kind' THEN 'rule_kind'
            WHEN a.entity_code IS DISTINCT FROM t.first_evidence ->> 'entity' THEN 'entity_code'
            WHEN a.region_code IS DISTINCT FROM t.first_evidence ->> 'region_code'
                THEN 'region_code'
            WHEN a.industry_section IS DISTINCT FROM t.first_evidence ->> 'industry_section'
                THEN 'industry_section'
            WHEN a.lapsed_as_of IS DISTINCT FROM t.lapsed_as_of THEN 'lapsed_as_of'
            WHEN a.assignee IS DISTINCT FROM t.assignee THEN 'assignee'
            WHEN a.verdict IS DISTINCT FROM t.verdict THEN 'verdict'
            WHEN a.created_at <> t.created_at THEN 'created_at'
            WHEN a.updated_at <> t.updated_at THEN 'updated_at'
       END
  FROM alert a
  LEFT JOIN (
        SELECT alert_id,
               (array_agg(to_state ORDER BY transition_id DESC))[1] AS state,
               count(*) FILTER (WHERE event IN ('fire', 'refire')) AS hits,
               (array_agg(as_of ORDER BY transition_id)
                   FILTER (WHERE event IN ('fire', 'refire')))[1] AS first_as_of,
               (array_agg(as_of ORDER BY transition_id DESC)
                   FILTER (WHERE event IN ('fire', 'refire')))[1] AS last_as_of,
               (array_agg(evidence::jsonb ORDER BY transition_id)
                   FILTER (WHERE event IN ('fire', 'refire')))[1] AS first_evidence,
               (array_agg(evidence::jsonb ORDER BY transition_id DESC)
                   FILTER (WHERE event IN ('fire', 'refire')))[1] AS evidence,
               (array_agg(CASE WHEN event = 'lapse' THEN as_of END ORDER BY transition_id DESC)
                   FILTER (WHERE event IN ('fire', 'refire', 'lapse')))[1] AS lapsed_as_of,
               (array_agg(assignee ORDER BY transition_id DESC)
                   FILTER (WHERE event IN ('refire', 'assign')))[1] AS assignee,
               (array_agg(verdict ORDER BY transition_id DESC)
                   FILTER (WHERE event IN ('refire', 'resolve')))[1] AS verdict,
               min(at) AS created_at,
               (array_agg(at ORDER BY transition_id DESC))[1] AS updated_at
          FROM alert_transition
         GROUP BY alert_id) t ON t.alert_id = a.alert_id
 ORDER BY a.alert_id
