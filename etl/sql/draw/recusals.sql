-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: recusals known on a day. Parameters: the moment at which the day is over.
-- Columns: inspector_id, entity code.
SELECT r.inspector_id, e.code
  FROM recusal r
  JOIN entity e ON e.entity_id = r.entity_id
 WHERE r.known_at < $1::timestamptz
