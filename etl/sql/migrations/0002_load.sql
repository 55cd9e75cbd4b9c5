-- SPDX-License-Identifier: GPL-3.0-or-later
-- Loading: where every stored row came from. Local tables.

CREATE TABLE load_source (
    source_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source        text NOT NULL UNIQUE,
    record_kind   text NOT NULL,
    jurisdiction  text NOT NULL,
    created_at    timestamptz NOT NULL
);

-- One row per committed batch: at most 1,000,000 lines of one file, in one transaction.
-- rows_in = inserted + updated + identical + rejected, always.
CREATE TABLE load_batch (
    batch_id       bigint PRIMARY KEY,
    source_id      bigint NOT NULL REFERENCES load_source (source_id),
    file_name      text NOT NULL,
    file_sha256    bytea NOT NULL CHECK (octet_length(file_sha256) = 32),
    file_bytes     bigint NOT NULL,
    mapping_sha256 bytea NOT NULL CHECK (octet_length(mapping_sha256) = 32),
    batch_in_file  integer NOT NULL,       -- 1, 2, …
    first_record   bigint NOT NULL,        -- number of the first record (header not counted), from 1
    last_in_file   boolean NOT NULL,       -- the file ended with this batch
    rows_in        bigint NOT NULL,
    inserted       bigint NOT NULL,
    updated        bigint NOT NULL,
    identical      bigint NOT NULL,
    rejected       bigint NOT NULL,
    stubs          bigint NOT NULL,        -- entities made because a record named them first
    known_at       timestamptz NOT NULL,
    loaded_at      timestamptz NOT NULL,
    CHECK (rows_in = inserted + updated + identical + rejected)
);
CREATE INDEX load_batch_source ON load_batch (source_id, batch_id);

CREATE SEQUENCE load_batch_id AS bigint;

-- A row that failed is kept whole (dropped columns blanked) with the first thing wrong with it.
CREATE TABLE load_reject (
    reject_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id   bigint NOT NULL REFERENCES load_batch (batch_id) DEFERRABLE INITIALLY DEFERRED,
    line       bigint NOT NULL,            -- physical line in the file, from 1
    field      text NOT NULL,
    reason     text NOT NULL,              -- code from the table of reasons
    message    text NOT NULL,              -- expected and found
    raw        text NOT NULL
);
CREATE INDEX load_reject_batch ON load_reject (batch_id, line);

-- Two entities that turned out to be one: the facts of `from_` moved to `entity_id`.
CREATE TABLE entity_merge (
    merge_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id    bigint NOT NULL REFERENCES load_batch (batch_id) DEFERRABLE INITIALLY DEFERRED,
    from_scheme text NOT NULL,
    from_code   text NOT NULL,
    entity_id   bigint NOT NULL,
    rows_moved  bigint NOT NULL
);
