-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: two codes that hash to one entity_id. Never seen, always refused.
-- Columns: the staged code, the stored code.
SELECT s.subject_scheme || ':' || s.subject_code, e.scheme || ':' || e.code
  FROM stage s
  JOIN entity e ON e.entity_id = s.entity_id
 WHERE (e.scheme, e.code) IS DISTINCT FROM (s.subject_scheme, s.subject_code)
 LIMIT 1
