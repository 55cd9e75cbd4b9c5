-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the draws that an entity was drawn in, the newest first, to whom the visit is shown
-- (visits.sql). Parameters: 1 entity_id, 2 rows, 3 region of the scope, 4 department of the scope.
SELECT v.authority, v.draw_number AS number, d.state, d.as_of, d.rehearsal, v.class, v.rank
  FROM draw_visit v
  JOIN draw d ON d.authority = v.authority AND d.draw_number = v.draw_number
 WHERE v.entity_id = $1
   AND ($3::text IS NULL OR v.region_code = $3)
   AND ($4::text IS NULL OR EXISTS (SELECT FROM inspector i
                                     WHERE i.inspector_id = ANY (v.inspectors)
                                       AND i.department_id = $4))
 ORDER BY d.as_of DESC, v.authority, v.draw_number DESC
 LIMIT $2
