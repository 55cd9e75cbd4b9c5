-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: what a district is called on a day, or was called last. Parameters: region_code, day.
-- Columns: name.
SELECT name
  FROM region
 WHERE region_code = $1 AND valid_from <= $2::date
 ORDER BY valid_from DESC
 LIMIT 1
