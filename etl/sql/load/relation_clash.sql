-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: as clash.sql, for the other end of a relation.
-- Columns: the staged code, the stored code.
SELECT s.related_scheme || ':' || s.related_code, e.scheme || ':' || e.code
  FROM stage s
  JOIN entity e ON e.entity_id = s.related_entity_id
 WHERE (e.scheme, e.code) IS DISTINCT FROM (s.related_scheme, s.related_code)
 LIMIT 1
