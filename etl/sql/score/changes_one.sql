-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: entities whose class differs between the run just filled into score_one and the run
-- published before in score_two. Parameters: run_id, cause for entities that had a class before
-- ('records' or 'model'), whether the earlier run is of the same scheme.
INSERT INTO class_change (entity_id, run_id, scheme, changed_on, from_class, to_class, score_milli,
                          cause)
SELECT n.entity_id, r.run_id, r.scheme, r.as_of, o.class, n.class, n.score_milli,
       CASE WHEN o.class IS NULL THEN 'first' ELSE $2 END
  FROM score_run r
 CROSS JOIN score_one n
  LEFT JOIN score_two o ON o.entity_id = n.entity_id AND $3::boolean
 WHERE r.run_id = $1 AND o.class IS DISTINCT FROM n.class
