-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: an entity by the identity of its code, or of an earlier number of it.
-- Parameters: identity. Columns: entity_id, scheme, code, name, registered.
SELECT e.entity_id, e.scheme, e.code, coalesce(e.name, ''), e.registered
  FROM entity e
 WHERE e.entity_id = $1
UNION
SELECT e.entity_id, e.scheme, e.code, coalesce(e.name, ''), e.registered
  FROM entity_alias a
  JOIN entity e ON e.entity_id = a.entity_id
 WHERE a.alias_id = $1
