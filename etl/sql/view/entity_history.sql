-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the classes that an entity had by the model of the published run, the newest first.
-- Parameters: 1 entity_id, 2 rows, 3 run.
SELECT c.changed_on, c.from_class AS "from", c.to_class AS "to", c.cause, c.score_milli
  FROM class_change c
 WHERE c.entity_id = $1 AND c.run_id <= $3::bigint
   AND c.scheme = (SELECT scheme FROM score_run WHERE run_id = $3::bigint)
 ORDER BY c.run_id DESC
 LIMIT $2
