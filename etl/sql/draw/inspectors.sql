-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: inspectors who can take part on a day. Parameters: the moment at which the day is over,
-- the day, departments (array or NULL).
-- Columns: inspector_id, department_id, region_code, specialities joined by ','.
SELECT inspector_id, department_id, coalesce(region_code, '-'),
       coalesce(array_to_string(specialities, ','), '')
  FROM inspector
 WHERE known_at < $1::timestamptz AND NOT on_leave
   AND coalesce(certificate_until >= $2::date, true)
   AND ($3::text[] IS NULL OR department_id = ANY ($3::text[]))
