-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: as stub.sql, for the other end of a relation.
INSERT INTO entity (entity_id, scheme, code, registered, jurisdiction, batch_id, line, known_at)
SELECT DISTINCT ON (s.related_entity_id)
       s.related_entity_id, s.related_scheme, s.related_code, false, s.subject_jurisdiction,
       s.batch_id, s.line, s.known_at
  FROM stage s
  LEFT JOIN entity e ON e.entity_id = s.related_entity_id
 WHERE e.entity_id IS NULL
 ORDER BY s.related_entity_id, s.line
