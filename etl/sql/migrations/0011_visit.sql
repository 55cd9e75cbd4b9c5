-- SPDX-License-Identifier: GPL-3.0-or-later
-- The visits of drawn draws as rows, so that the visits of a draw and the draws of an entity are
-- found without reading the files of bundles. The bundle stays the truth; these rows follow from it.
-- Local: entity_id has no foreign key.

CREATE TABLE draw_visit (
    authority   text NOT NULL,
    draw_number bigint NOT NULL,
    class       text NOT NULL,
    rank        bigint NOT NULL,     -- in its class, from 1
    entity_id   bigint NOT NULL,
    scheme      text NOT NULL,
    code        text NOT NULL,
    region_code text,                -- as in the frame
    ticket      text NOT NULL,       -- hexadecimal
    inspectors  text[] NOT NULL,
    reserves    text[] NOT NULL,
    PRIMARY KEY (authority, draw_number, class, rank),
    FOREIGN KEY (authority, draw_number) REFERENCES draw (authority, draw_number)
);
CREATE INDEX draw_visit_entity ON draw_visit (entity_id);

-- The rows that the bundle of a draw gives (models/draw/FORMAT.md section 10): a line is "visit",
-- code, class, rank, ticket and, when inspectors are drawn, region tier, inspectors, reserves; "-"
-- is nobody. A bundle names codes only; the scheme is that of the entity of the plan's
-- jurisdiction.
CREATE VIEW draw_visit_of_bundle AS
WITH file AS (
    SELECT authority, draw_number,
           max(convert_from(content, 'UTF8')) FILTER (WHERE name = 'result.tsv') AS result,
           max(convert_from(content, 'UTF8')) FILTER (WHERE name = 'frame.tsv') AS frame,
           max(convert_from(content, 'UTF8')) FILTER (WHERE name = 'commit.txt') AS commit
      FROM draw_file
     WHERE name IN ('result.tsv', 'frame.tsv', 'commit.txt')
     GROUP BY authority, draw_number
), visit AS (
    SELECT f.authority, f.draw_number, string_to_array(line, E'\t') AS field,
           substring(f.commit FROM '(?n)^per_visit=(\d+)$')::int AS per_visit,
           substring(f.commit FROM '(?n)^reserves=(\d+)$')::int AS reserves
      FROM file f, string_to_table(f.result, E'\n') AS line
     WHERE starts_with(line, E'visit\t')
), framed AS (
    SELECT f.authority, f.draw_number, split_part(line, E'\t', 1) AS code,
           nullif(split_part(line, E'\t', 3), '-') AS region_code
      FROM file f, string_to_table(f.frame, E'\n') AS line
     WHERE f.result IS NOT NULL
)
SELECT DISTINCT ON (v.authority, v.draw_number, v.field[3], v.field[4]::bigint)
       v.authority, v.draw_number, v.field[3] AS class, v.field[4]::bigint AS rank,
       e.entity_id, e.scheme, v.field[2] AS code, m.region_code, v.field[5] AS ticket,
       array_remove(v.field[7 : 6 + v.per_visit], '-') AS inspectors,
       array_remove(v.field[7 + v.per_visit : 6 + v.per_visit + v.reserves], '-') AS reserves
  FROM visit v
  JOIN draw d ON d.authority = v.authority AND d.draw_number = v.draw_number
  JOIN plan p ON p.plan_id = d.plan_id
  JOIN framed m ON m.authority = v.authority AND m.draw_number = v.draw_number
               AND m.code = v.field[2]
  LEFT JOIN entity e ON e.code COLLATE "C" = v.field[2] AND e.registered
 ORDER BY v.authority, v.draw_number, v.field[3], v.field[4]::bigint,
          starts_with(e.jurisdiction, p.document::json ->> 'jurisdiction') DESC, e.scheme;

INSERT INTO draw_visit SELECT * FROM draw_visit_of_bundle;
