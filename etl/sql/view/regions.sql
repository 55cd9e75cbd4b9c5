-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the regions in force on a day, with their places on the tile map of that day.
-- Parameters: 1 day, 2 tiles as a JSON array of {region_code, row, column, rows}.
SELECT r.region_code, r.name, r.region_kind, r.valid_from, r.valid_to, t."row", t."column", t."rows"
  FROM region r
  LEFT JOIN json_to_recordset($2::json)
            AS t (region_code text, "row" integer, "column" integer, "rows" integer)
         ON t.region_code = r.region_code
 WHERE r.valid_from <= $1::date AND (r.valid_to IS NULL OR r.valid_to >= $1::date)
 ORDER BY r.region_code COLLATE "C"
