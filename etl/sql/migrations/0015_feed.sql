-- SPDX-License-Identifier: GPL-3.0-or-later
-- Feeds: sources that deliver by themselves. Local tables.

-- One row per feed document that was ever read. A feed is named by its source.
CREATE TABLE feed (
    feed_id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed             text NOT NULL UNIQUE,
    feed_kind        text NOT NULL,
    record_kind      text NOT NULL,
    jurisdiction     text NOT NULL,
    title_zh         text NOT NULL,
    title_en         text NOT NULL,
    document_sha256  bytea NOT NULL CHECK (octet_length(document_sha256) = 32),
    mapping_sha256   bytea NOT NULL CHECK (octet_length(mapping_sha256) = 32),
    expected_minutes integer,            -- it says that it delivers that often; NULL: it does not say
    expected_working_days boolean NOT NULL, -- … counting working days only
    registered_at    timestamptz NOT NULL,
    retired_at       timestamptz,        -- since then its document is gone
    watermark        text NOT NULL,      -- where a pull goes on; written with the rows that it covers
    started_at       timestamptz,        -- of the last run
    ended_at         timestamptz,
    outcome          text CHECK (outcome IN ('done', 'failed', 'cancelled')),
    error            text,
    failures         integer NOT NULL    -- runs that failed since the last that was done
);

-- What arrived: a file, a request, a batch of an exchange table, a page. The row is written in the
-- transaction of its records, so it is there exactly if they are.
CREATE TABLE feed_delivery (
    delivery_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed_id        bigint NOT NULL REFERENCES feed (feed_id),
    delivery_key   text NOT NULL,        -- tells a repetition from a new delivery
    name           text NOT NULL,
    content_sha256 bytea CHECK (octet_length(content_sha256) = 32), -- NULL: not known
    complete       boolean NOT NULL,     -- false: its last batch is still to come
    refused        text,                 -- why nothing, or nothing more, of it is taken
    delivered_at   timestamptz NOT NULL,
    UNIQUE (feed_id, delivery_key)
);
CREATE INDEX feed_delivery_moment ON feed_delivery (feed_id, delivered_at);

CREATE TABLE feed_batch (
    batch_id    bigint PRIMARY KEY REFERENCES load_batch (batch_id) DEFERRABLE INITIALLY DEFERRED,
    delivery_id bigint NOT NULL REFERENCES feed_delivery (delivery_id)
);
CREATE INDEX feed_batch_delivery ON feed_batch (delivery_id, batch_id);

-- A job that the schedule asked for belongs to no account.
ALTER TABLE job ALTER COLUMN account_id DROP NOT NULL;

-- The role of machines that deliver.
ALTER TABLE account DROP CONSTRAINT account_role_check;
ALTER TABLE account ADD CONSTRAINT account_role_check
    CHECK (role IN ('regulator', 'planner', 'leader', 'auditor', 'admin', 'feeder'));
