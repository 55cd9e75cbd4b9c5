-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: records that name an entity by an earlier number are about the entity itself.
UPDATE stage s
   SET entity_id = a.entity_id
  FROM entity_alias a
 WHERE a.alias_id = s.entity_id
