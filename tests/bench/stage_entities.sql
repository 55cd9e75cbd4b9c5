-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: the usual way to load the raw rows of make_entities.py, for bench_load.sh: text staging,
-- validation in SQL, ON CONFLICT. It checks less than heng does: the form of the credit code and not
-- its check character, one form of dates, no other numerals than ASCII; it keeps neither rejects nor
-- replaced versions. Run by psql with the variable file: the raw rows.
BEGIN;

CREATE TEMP TABLE raw (code text, name text, entity_type text, status text, region_code text,
                       industry_code text, registered_on text, ended_on text, capital text,
                       employees text, address text, licence_tags text, person text, phone text)
    ON COMMIT DROP;

\set copy '\\copy raw FROM ' :'file' ' (FORMAT csv, HEADER, NULL ''NULL'')'
:copy
ANALYZE raw;

INSERT INTO bench_staging
SELECT DISTINCT ON (r.code)
       ('x' || encode(substr(sha256(convert_to('uscc:' || r.code, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
           & 9223372036854775807,
       'uscc', r.code, true, 'CN-50', r.name, t.entity_type, s.status, r.region_code,
       r.industry_code, r.registered_on::date, nullif(r.ended_on, '')::date,
       (r.capital::numeric * 1000000)::bigint, r.employees::bigint, r.address,
       CASE WHEN r.licence_tags <> '' THEN ARRAY(SELECT unnest(string_to_array(r.licence_tags, '|'))
                                                  ORDER BY 1) END,
       1, 1, now(), md5(r::text)::uuid
  FROM raw r
  JOIN (VALUES ('企业', 'enterprise'), ('个体工商户', 'individual'), ('农民专业合作社', 'cooperative'))
       AS t (label, entity_type) ON t.label = r.entity_type
  JOIN (VALUES ('存续', 'active'), ('注销', 'deregistered'), ('吊销', 'revoked'), ('迁出', 'moved_out'))
       AS s (label, status) ON s.label = r.status
 WHERE r.code ~ '^[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$'
   AND r.registered_on ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'
   AND r.ended_on ~ '^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$'
   AND r.capital ~ '^\d{1,12}(\.\d{1,6})?$'
   AND r.employees ~ '^\d{1,9}$'
   AND EXISTS (SELECT FROM region g WHERE g.region_code = r.region_code)
   AND EXISTS (SELECT FROM industry i WHERE i.industry_code = ltrim(r.industry_code, 'ABCDEFGHIJKLMNOPQRST'))
 ORDER BY r.code
ON CONFLICT (entity_id) DO UPDATE
   SET (name, entity_type, status, region_code, industry_code, registered_on, ended_on, capital_fen,
        employees, address, licence_tags, batch_id, line, known_at, content_hash) =
       (EXCLUDED.name, EXCLUDED.entity_type, EXCLUDED.status, EXCLUDED.region_code,
        EXCLUDED.industry_code, EXCLUDED.registered_on, EXCLUDED.ended_on, EXCLUDED.capital_fen,
        EXCLUDED.employees, EXCLUDED.address, EXCLUDED.licence_tags, EXCLUDED.batch_id, EXCLUDED.line,
        EXCLUDED.known_at, EXCLUDED.content_hash)
 WHERE bench_staging.content_hash IS DISTINCT FROM EXCLUDED.content_hash;

COMMIT;
