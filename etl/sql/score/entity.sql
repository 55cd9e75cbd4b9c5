-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: an entity by the identity of its code, or of an earlier number of it. A registered
-- entity goes before a stub, its own code before an earlier number of another.
-- Parameters: identity. Columns: entity_id, scheme, code, name, registered.
SELECT e.entity_id, e.scheme, e.code, coalesce(e.name, ''), e.registered
  FROM entity e
 WHERE e.entity_id = $1::bigint
    OR e.entity_id = ANY (ARRAY(SELECT a.entity_id FROM entity_alias a WHERE a.alias_id = $1::bigint))
 ORDER BY e.registered DESC, e.entity_id = $1::bigint DESC
 LIMIT 1
