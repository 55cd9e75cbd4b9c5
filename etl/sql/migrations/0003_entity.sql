-- SPDX-License-Identifier: GPL-3.0-or-later
-- Entities, distributed by entity_id = first 8 bytes of SHA-256("scheme:code"), top bit cleared.
-- The primary key therefore carries the uniqueness of the outside code; a clash is refused by the
-- loader. `registered = false` marks a stub (named by a record before it was registered) or a
-- place (scheme 'place': a complaint about an address); neither is scored or drawn.
--
-- Every `_past` table holds replaced versions: the same columns behind known_until (when the
-- replacement became known) and replaced_by (its batch). The two extra columns come first so that
-- a column added later to both tables keeps the same order in both.

CREATE TABLE entity (
    entity_id     bigint PRIMARY KEY,
    scheme        text NOT NULL,
    code          text NOT NULL,
    registered    boolean NOT NULL,
    jurisdiction  text NOT NULL,
    name          text,
    entity_type   text,
    status        text,
    region_code   text,
    industry_code text,
    registered_on date,
    ended_on      date,
    capital_fen   bigint,
    employees     bigint,
    address       text,
    licence_tags  text[],
    batch_id      bigint NOT NULL,
    line          bigint NOT NULL,
    known_at      timestamptz NOT NULL,
    content_hash  uuid
);

CREATE TABLE entity_past (
    known_until timestamptz NOT NULL,
    replaced_by bigint NOT NULL,
    LIKE entity,
    PRIMARY KEY (entity_id, batch_id, line)
);

-- Earlier numbers of an entity, distributed by the hash of the alias itself.
CREATE TABLE entity_alias (
    alias_id     bigint PRIMARY KEY,   -- as entity_id, of alias_scheme:alias_code
    alias_scheme text NOT NULL,
    alias_code   text NOT NULL,
    entity_id    bigint NOT NULL,
    batch_id     bigint NOT NULL,
    line         bigint NOT NULL,
    known_at     timestamptz NOT NULL,
    content_hash uuid NOT NULL
);

CREATE TABLE relation (
    entity_id         bigint NOT NULL,
    id                bigint NOT NULL,
    record_key        text NOT NULL,
    related_entity_id bigint NOT NULL,
    relation_kind     text NOT NULL,
    valid_from        date,
    valid_to          date,
    batch_id          bigint NOT NULL,
    line              bigint NOT NULL,
    known_at          timestamptz NOT NULL,
    content_hash      uuid NOT NULL,
    PRIMARY KEY (entity_id, id)
);
CREATE INDEX relation_id ON relation (id);

CREATE TABLE relation_past (
    known_until timestamptz NOT NULL,
    replaced_by bigint NOT NULL,
    LIKE relation,
    PRIMARY KEY (entity_id, id, batch_id, line)
);

-- Inspectors who may not visit an entity.
CREATE TABLE recusal (
    entity_id    bigint NOT NULL,
    inspector_id text NOT NULL,
    reason       text NOT NULL,
    batch_id     bigint NOT NULL,
    line         bigint NOT NULL,
    known_at     timestamptz NOT NULL,
    content_hash uuid NOT NULL,
    PRIMARY KEY (entity_id, inspector_id)
);
