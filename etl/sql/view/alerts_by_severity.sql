-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the queue of alerts, the most severe first, then in the order they were raised. The
-- version is the number of the last step.
-- Parameters: 1 region of the scope; NULL = any: 2 state (open, all or one state; NULL = open),
-- 3 rule_id, 4 severity, 5 region_code, 6 assignee, 7 overdue (as on the board), by 8 today; 9, 10
-- keys; 11 rows.
SELECT p.key_1, p.key_2, p.alert_id AS id, p.rule_id, p.evidence -> 'rule' -> 'title' AS rule_title,
       p.rule_kind, p.state, p.severity, p.region_code, r.name AS region_name,
       p.industry_section AS industry,
       CASE WHEN p.entity_code IS NOT NULL
            THEN json_build_object('scheme', split_part(p.entity_code, ':', 1),
                                   'code', substr(p.entity_code, strpos(p.entity_code, ':') + 1),
                                   'name', e.name) END AS entity,
       p.first_as_of, p.last_as_of, p.hits, p.lapsed_as_of, p.assignee, p.verdict,
       p.evidence ->> 'due_on' AS due_on,
       (SELECT max(t.transition_id) FROM alert_transition t WHERE t.alert_id = p.alert_id) AS version
  FROM (SELECT a.*, array_position(ARRAY['serious', 'general', 'minor'], a.severity) AS key_1,
               a.alert_id AS key_2
          FROM alert a
         WHERE ($1::text IS NULL OR a.region_code = $1)
           AND (coalesce($2::text, 'open') <> 'open' OR a.open)
           AND (coalesce($2::text, 'open') IN ('open', 'all') OR a.state = $2::text)
           AND ($3::text IS NULL OR a.rule_id = $3)
           AND ($4::text IS NULL OR a.severity = $4)
           AND ($5::text IS NULL OR a.region_code = $5)
           AND ($6::text IS NULL OR a.assignee = $6)
           AND ($7::boolean IS NULL
                OR $7::boolean = coalesce((a.evidence ->> 'due_on')::date < $8::date, false))
           AND ($9::integer IS NULL
                OR (array_position(ARRAY['serious', 'general', 'minor'], a.severity), a.alert_id)
                   > ($9::integer, $10::bigint))
         ORDER BY key_1, key_2
         LIMIT $11) p
  LEFT JOIN entity e ON e.entity_id = p.entity_id
  LEFT JOIN LATERAL (SELECT name FROM region
                      WHERE region_code = p.region_code AND valid_from <= p.last_as_of
                      ORDER BY valid_from DESC
                      LIMIT 1) r ON true
 ORDER BY p.key_1, p.key_2
