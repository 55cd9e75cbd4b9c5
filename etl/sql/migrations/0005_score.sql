-- SPDX-License-Identifier: GPL-3.0-or-later
-- Scores: two tables of the same shape; a full run fills the idle one and one row of
-- score_published names the table that readers use. History is class_change, not a row per run.

CREATE TABLE score_one (
    entity_id      bigint PRIMARY KEY,
    score_milli    bigint NOT NULL,
    class          text NOT NULL,
    class_by_score text NOT NULL,   -- before direct and floor rules
    coverage_ppm   bigint NOT NULL,
    direct_rule    text,
    floor_rule     text,
    dimensions     bigint[] NOT NULL, -- milli-points, in the order of the model document
    inputs_hash    bytea NOT NULL
);

CREATE TABLE score_two (LIKE score_one, PRIMARY KEY (entity_id));

CREATE TABLE score_run (
    run_id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scheme         text NOT NULL,
    model_version  text NOT NULL,
    model_sha256   bytea NOT NULL,
    model_document text NOT NULL,
    as_of          date NOT NULL,
    score_table    text NOT NULL CHECK (score_table IN ('score_one', 'score_two')),
    entities       bigint NOT NULL,
    facts          bigint NOT NULL,
    class_changes  bigint NOT NULL,
    last_batch_id  bigint NOT NULL,   -- batches up to this one were read
    finished_at    timestamptz NOT NULL
);

CREATE TABLE score_published (
    only_row boolean PRIMARY KEY CHECK (only_row),
    run_id   bigint NOT NULL REFERENCES score_run (run_id)
);

CREATE TABLE class_change (
    entity_id   bigint NOT NULL,
    run_id      bigint NOT NULL,
    scheme      text NOT NULL,
    changed_on  date NOT NULL,      -- the run's as_of
    from_class  text,               -- NULL: first class of this entity
    to_class    text NOT NULL,
    score_milli bigint NOT NULL,
    cause       text NOT NULL CHECK (cause IN ('first', 'records', 'model')),
    PRIMARY KEY (entity_id, run_id)
);
CREATE INDEX class_change_run ON class_change (run_id);
