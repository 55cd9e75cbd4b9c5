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
SELECT DISTINCT ON (d.authority, d.draw_number, v.field[3], v.field[4]::bigint)
       d.authority, d.draw_number, v.field[3] AS class, v.field[4]::bigint AS rank,
       e.entity_id, e.scheme, v.field[2] AS code, m.region_code, v.field[5] AS ticket,
       array_remove(v.field[7 : 6 + s.per_visit], '-') AS inspectors,
       array_remove(v.field[7 + s.per_visit : 6 + s.per_visit + s.reserves], '-') AS reserves
  FROM draw d
  JOIN plan p ON p.plan_id = d.plan_id
  JOIN draw_file c ON c.authority = d.authority AND c.draw_number = d.draw_number
                  AND c.name = 'commit.txt'
  JOIN draw_file r ON r.authority = d.authority AND r.draw_number = d.draw_number
                  AND r.name = 'result.tsv'
  JOIN draw_file f ON f.authority = d.authority AND f.draw_number = d.draw_number
                  AND f.name = 'frame.tsv'
 CROSS JOIN LATERAL (SELECT substring(t FROM '(?n)^per_visit=(\d+)$')::int AS per_visit,
                            substring(t FROM '(?n)^reserves=(\d+)$')::int AS reserves
                       FROM convert_from(c.content, 'UTF8') AS t
                     OFFSET 0) s
 CROSS JOIN LATERAL (SELECT string_to_array(line, E'\t') AS field
                       FROM string_to_table(convert_from(r.content, 'UTF8'), E'\n') AS line
                      WHERE starts_with(line, E'visit\t')) v
  JOIN LATERAL (SELECT split_part(line, E'\t', 1) AS code,
                       nullif(split_part(line, E'\t', 3), '-') AS region_code
                  FROM string_to_table(convert_from(f.content, 'UTF8'), E'\n') AS line) m
    ON m.code = v.field[2]
  LEFT JOIN entity e ON e.code COLLATE "C" = v.field[2] AND e.registered
 ORDER BY d.authority, d.draw_number, v.field[3], v.field[4]::bigint,
          starts_with(e.jurisdiction, p.document::json ->> 'jurisdiction') DESC, e.scheme;

INSERT INTO draw_visit SELECT * FROM draw_visit_of_bundle;
