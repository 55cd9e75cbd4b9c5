-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the population of a plan on the day of the published run (score_one): everyone who could
-- be drawn, and everyone who is left out, with the reason.
-- Parameters: 1 jurisdiction prefix, 2 the moment at which the day is over, 3 first day of the
-- year, 4 the day, 5 licence tag or '', 6 region codes (array or NULL), 7 industry sections (array
-- or NULL), 8 visits per year at most, 0 = no cap.
-- Columns: code, class, region_code ('-' = not known), first licence tag, reason ('' = in the frame).
WITH known_entity AS (
    SELECT entity_id, code, status, region_code, industry_code, licence_tags, registered, jurisdiction
      FROM entity
     WHERE known_at < $2::timestamptz
    UNION ALL
    SELECT entity_id, code, status, region_code, industry_code, licence_tags, registered, jurisdiction
      FROM entity_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
), known_inspection AS (
    SELECT entity_id, occurred_on
      FROM inspection
     WHERE known_at < $2::timestamptz AND occurred_on BETWEEN $3::date AND $4::date
    UNION ALL
    SELECT entity_id, occurred_on
      FROM inspection_past
     WHERE known_at < $2::timestamptz AND known_until >= $2::timestamptz
       AND occurred_on BETWEEN $3::date AND $4::date
), visits AS (
    SELECT entity_id, count(*) AS visits FROM known_inspection GROUP BY entity_id
)
SELECT e.code, coalesce(s.class, ''), coalesce(e.region_code, '-'), coalesce(e.licence_tags[1], ''),
       CASE WHEN e.status IS DISTINCT FROM 'active' THEN 'not_in_business'
            WHEN s.class IS NULL THEN 'no_class'
            WHEN $8::bigint > 0 AND v.visits >= $8::bigint THEN 'visits_per_year_cap'
            ELSE '' END
  FROM known_entity e
  LEFT JOIN industry i ON i.industry_code = e.industry_code
  LEFT JOIN score_one s ON s.entity_id = e.entity_id
  LEFT JOIN visits v ON v.entity_id = e.entity_id
 WHERE e.registered AND starts_with(e.jurisdiction, $1)
   AND ($5::text = '' OR $5::text = ANY (e.licence_tags))
   AND ($6::text[] IS NULL OR e.region_code = ANY ($6::text[]))
   AND ($7::text[] IS NULL OR i.section = ANY ($7::text[]))
