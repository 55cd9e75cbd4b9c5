-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reference tables: small, rarely written, the same on every node.

-- Administrative divisions, dated: a code may be re-used and divisions come and go.
CREATE TABLE region (
    region_code  text NOT NULL,
    valid_from   date NOT NULL,
    valid_to     date,              -- last day in force; NULL: still in force
    name         text NOT NULL,
    region_kind  text NOT NULL,
    parent       text,
    batch_id     bigint,            -- NULL: shipped with the program, as are line and known_at
    line         bigint,
    known_at     timestamptz,
    content_hash uuid NOT NULL,
    PRIMARY KEY (region_code, valid_from),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

-- GB/T 4754 industry classification, all levels.
CREATE TABLE industry (
    industry_code text PRIMARY KEY, -- '62', '621', '6210'; sections are single letters
    section       text NOT NULL,
    level         smallint NOT NULL CHECK (level BETWEEN 1 AND 4),
    parent        text,
    name          text NOT NULL
);

CREATE TABLE department (
    department_id text PRIMARY KEY,
    name          text NOT NULL,
    region_code   text,
    batch_id      bigint NOT NULL,
    line          bigint NOT NULL,
    known_at      timestamptz NOT NULL,
    content_hash  uuid NOT NULL
);

-- Spot-check items (抽查事项).
CREATE TABLE matter (
    matter_id     text PRIMARY KEY,
    title         text NOT NULL,
    category      text NOT NULL CHECK (category IN ('key', 'general')),
    department_id text,
    licence_tag   text,
    legal_basis   text,
    valid_from    date,
    valid_to      date,
    batch_id      bigint NOT NULL,
    line          bigint NOT NULL,
    known_at      timestamptz NOT NULL,
    content_hash  uuid NOT NULL
);

CREATE TABLE inspector (
    inspector_id      text PRIMARY KEY,
    name              text,
    department_id     text NOT NULL,
    region_code       text,
    specialities      text[],
    certificate_no    text,
    certificate_until date,
    on_leave          boolean NOT NULL,
    batch_id          bigint NOT NULL,
    line              bigint NOT NULL,
    known_at          timestamptz NOT NULL,
    content_hash      uuid NOT NULL
);
