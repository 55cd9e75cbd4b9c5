-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: an entity that a staged record names and nobody has registered yet becomes a stub.
INSERT INTO entity (entity_id, scheme, code, registered, jurisdiction, batch_id, line, known_at)
SELECT DISTINCT ON (s.entity_id)
       s.entity_id, s.subject_scheme, s.subject_code, false, s.subject_jurisdiction,
       s.batch_id, s.line, s.known_at
  FROM stage s
  LEFT JOIN entity e ON e.entity_id = s.entity_id
 WHERE e.entity_id IS NULL
 ORDER BY s.entity_id, s.line
