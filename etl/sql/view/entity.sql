-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: an entity by the identity of its code, or of an earlier number of it; which of two goes
-- first is as in score/entity.sql. Parameters: 1 region of the scope, 2 identity, 3 the day.
SELECT e.scheme, e.code, e.name, e.registered, e.jurisdiction, e.entity_type, e.status,
       e.region_code, r.name AS region_name, e.industry_code, i.name AS industry_name,
       i.section AS industry_section, e.registered_on, e.ended_on, e.capital_fen, e.employees,
       e.address, to_json(e.licence_tags) AS licence_tags,
       (SELECT coalesce(json_agg(json_build_object('scheme', a.alias_scheme, 'code', a.alias_code)
                                 ORDER BY a.alias_scheme, a.alias_code), '[]')
          FROM entity_alias a
         WHERE a.entity_id = e.entity_id AND a.alias_id <> e.entity_id) AS aliases,
       e.known_at, s.source, b.file_name AS file, e.line
  FROM entity e
  JOIN load_batch b ON b.batch_id = e.batch_id
  JOIN load_source s ON s.source_id = b.source_id
  LEFT JOIN industry i ON i.industry_code = e.industry_code
  LEFT JOIN LATERAL (SELECT name FROM region
                      WHERE region_code = e.region_code AND valid_from <= $3::date
                      ORDER BY valid_from DESC
                      LIMIT 1) r ON true
 WHERE ($1::text IS NULL OR e.region_code = $1)
   AND (e.entity_id = $2::bigint
        OR e.entity_id = ANY (ARRAY(SELECT a.entity_id FROM entity_alias a
                                     WHERE a.alias_id = $2::bigint)))
 ORDER BY e.registered DESC, e.entity_id = $2::bigint DESC
 LIMIT 1
