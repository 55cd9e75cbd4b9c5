-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: complaints per group and ISO week, as known. Every record counts once, also one that
-- was found to be a duplicate: a person who complains again is part of a surge.
-- Parameters: 1 jurisdiction, 2 the moment at which the day is over, 3 and 4 first and last day,
-- 5 and 6 whether to group by region and by industry section.
-- Columns: region_code, industry_section (NULL: unknown or not grouped by), Monday of the week,
-- count.
WITH known_complaint AS (
    SELECT entity_id, received_on, region_code, industry_code
      FROM complaint
     WHERE jurisdiction = $1 AND known_at < $2::timestamptz
       AND received_on BETWEEN $3::date AND $4::date
    UNION ALL
    SELECT entity_id, received_on, region_code, industry_code
      FROM complaint_past
     WHERE jurisdiction = $1 AND known_at < $2::timestamptz AND known_until >= $2::timestamptz
       AND received_on BETWEEN $3::date AND $4::date
), known_entity AS (
    SELECT entity_id, region_code, industry_code
      FROM entity
     WHERE known_at < $2::timestamptz
    UNION ALL
    SELECT entity_id, region_code, industry_code
      FROM entity_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
)
SELECT CASE WHEN $5::boolean THEN coalesce(c.region_code, e.region_code) END,
       CASE WHEN $6::boolean THEN i.section END,
       c.received_on - (extract(isodow FROM c.received_on)::integer - 1),
       count(*)
  FROM known_complaint c
  LEFT JOIN known_entity e ON e.entity_id = c.entity_id
  LEFT JOIN industry i ON i.industry_code = coalesce(c.industry_code, e.industry_code)
 GROUP BY 1, 2, 3
 ORDER BY 1, 2, 3
