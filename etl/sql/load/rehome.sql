-- SPDX-License-Identifier: GPL-3.0-or-later
-- Purpose: an alias learnt late. Facts that came in under the earlier number wait on a stub; they
-- move to the entity, the stub goes, and the merge is recorded. Rows are deleted and inserted
-- again because a distribution key is never updated. Run inside the batch's transaction.

-- The home is the end of the chain: this batch may name a number that is an alias itself. A ring of
-- aliases has no end, and its stubs stay.
CREATE TEMP TABLE rehome ON COMMIT DROP AS
WITH RECURSIVE chain AS (
    SELECT alias_id, entity_id FROM stage WHERE alias_id <> entity_id
    UNION
    SELECT c.alias_id, a.entity_id
      FROM chain c
      JOIN entity_alias a ON a.alias_id = c.entity_id AND a.alias_id <> a.entity_id
)
SELECT DISTINCT ON (s.alias_id) s.alias_id AS stub_id, s.alias_scheme, s.alias_code, c.entity_id, s.batch_id
  FROM stage s
  JOIN entity e ON e.entity_id = s.alias_id AND NOT e.registered
  JOIN chain c ON c.alias_id = s.alias_id
 WHERE NOT EXISTS (SELECT FROM entity_alias a
                    WHERE a.alias_id = c.entity_id AND a.alias_id <> a.entity_id);

CREATE TEMP TABLE moved (stub_id bigint NOT NULL) ON COMMIT DROP;

WITH gone AS (
    DELETE FROM inspection f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO inspection
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM inspection_past f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO inspection_past
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM complaint f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO complaint
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM complaint_past f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO complaint_past
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM credit_record f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO credit_record
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM credit_record_past f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO credit_record_past
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM relation f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO relation
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM relation_past f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO relation_past
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
)
INSERT INTO moved SELECT stub_id FROM gone;

WITH gone AS (
    DELETE FROM recusal f USING rehome r WHERE f.entity_id = r.stub_id
    RETURNING f AS row_value, r.stub_id, r.entity_id
), back AS (
    INSERT INTO recusal
    SELECT n.*
      FROM gone g,
           LATERAL jsonb_populate_record(g.row_value, jsonb_build_object('entity_id', g.entity_id)) n
    ON CONFLICT DO NOTHING -- known under both numbers
)
INSERT INTO moved SELECT stub_id FROM gone;

UPDATE relation f SET related_entity_id = r.entity_id FROM rehome r WHERE f.related_entity_id = r.stub_id;

UPDATE relation_past f SET related_entity_id = r.entity_id FROM rehome r WHERE f.related_entity_id = r.stub_id;

UPDATE entity_alias f SET entity_id = r.entity_id FROM rehome r WHERE f.entity_id = r.stub_id;

DELETE FROM entity e USING rehome r WHERE e.entity_id = r.stub_id;

INSERT INTO entity_merge (batch_id, from_scheme, from_code, entity_id, rows_moved)
SELECT r.batch_id, r.alias_scheme, r.alias_code, r.entity_id,
       (SELECT count(*) FROM moved m WHERE m.stub_id = r.stub_id)
  FROM rehome r
