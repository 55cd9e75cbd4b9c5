-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: one alert with what was found at its last hit. The version is the number of its last
-- step. Parameters: 1 alert_id, 2 region of the scope.
SELECT a.alert_id AS id, a.rule_id, a.evidence -> 'rule' -> 'title' AS rule_title, a.rule_kind,
       a.state, a.severity, a.region_code, r.name AS region_name, a.industry_section AS industry,
       CASE WHEN a.entity_code IS NOT NULL
            THEN json_build_object('scheme', split_part(a.entity_code, ':', 1),
                                   'code', substr(a.entity_code, strpos(a.entity_code, ':') + 1),
                                   'name', e.name) END AS entity,
       a.first_as_of, a.last_as_of, a.hits, a.lapsed_as_of, a.assignee, a.verdict,
       a.evidence ->> 'due_on' AS due_on,
       (SELECT max(t.transition_id) FROM alert_transition t WHERE t.alert_id = a.alert_id) AS version,
       a.labels, a.evidence, a.previous, a.created_at, a.updated_at,
       encode(a.fingerprint, 'hex') AS fingerprint
  FROM alert a
  LEFT JOIN entity e ON e.entity_id = a.entity_id
  LEFT JOIN LATERAL (SELECT name FROM region
                      WHERE region_code = a.region_code AND valid_from <= a.last_as_of
                      ORDER BY valid_from DESC
                      LIMIT 1) r ON true
 WHERE a.alert_id = $1 AND ($2::text IS NULL OR a.region_code = $2)
