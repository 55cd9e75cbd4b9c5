-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what the published run found for an entity. Parameters: 1 score table, 2 entity_id.
SELECT class, class_by_score, score_milli, coverage_ppm, direct_rule, floor_rule,
       to_json(dimensions) AS dimensions
  FROM score_both
 WHERE score_table = $1 AND entity_id = $2
