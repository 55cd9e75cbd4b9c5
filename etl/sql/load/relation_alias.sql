-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: as alias.sql, for the other end of a relation.
UPDATE stage s
   SET related_entity_id = a.entity_id
  FROM entity_alias a
 WHERE a.alias_id = s.related_entity_id
