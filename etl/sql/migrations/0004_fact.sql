-- SPDX-License-Identifier: GPL-3.0-or-later
-- Facts about entities. Every fact has the day it happened and the moment it became known.
-- id = first 8 bytes of SHA-256("kind:source:key"), top bit cleared: the same record of the same
-- source keeps its id, whichever entity it is about; the index on it finds a record whose
-- correction names another entity. There is no foreign key to entity: the loader makes the stub in
-- the same transaction, and a check per row would cost more than the load itself.

CREATE TABLE inspection (
    entity_id        bigint NOT NULL,
    id               bigint NOT NULL,
    record_key       text NOT NULL,
    occurred_on      date NOT NULL,
    check_kind       text,
    matter_id        text,
    department_id    text,
    inspector_ids    text[],
    outcome          text NOT NULL,
    severity         text,
    violation_count  bigint,
    result_codes     text[],
    plan_row_id      text,
    notice_no        text,
    enforcement_code text,
    published_on     date,
    batch_id         bigint NOT NULL,
    line             bigint NOT NULL,
    known_at         timestamptz NOT NULL,
    content_hash     uuid NOT NULL,
    PRIMARY KEY (entity_id, id)
);
CREATE INDEX inspection_id ON inspection (id);

CREATE TABLE inspection_past (
    known_until timestamptz NOT NULL,
    replaced_by bigint NOT NULL,
    LIKE inspection,
    PRIMARY KEY (entity_id, id, batch_id, line)
);

CREATE TABLE complaint (
    entity_id          bigint NOT NULL,
    id                 bigint NOT NULL,
    record_key         text NOT NULL,
    jurisdiction       text NOT NULL,
    received_on        date NOT NULL,
    accepted_on        date,
    refused_on         date,
    mediation_ended_on date,
    ended_on           date,
    answered_on        date,
    complaint_kind     text,
    channel            text,
    issue              text,
    outcome            text,
    region_code        text,
    industry_code      text,
    batch_id           bigint NOT NULL,
    line               bigint NOT NULL,
    known_at           timestamptz NOT NULL,
    content_hash       uuid NOT NULL,
    PRIMARY KEY (entity_id, id)
);
CREATE INDEX complaint_id ON complaint (id);
CREATE INDEX complaint_received_on ON complaint (received_on);

CREATE TABLE complaint_past (
    known_until timestamptz NOT NULL,
    replaced_by bigint NOT NULL,
    LIKE complaint,
    PRIMARY KEY (entity_id, id, batch_id, line)
);

CREATE TABLE credit_record (
    entity_id       bigint NOT NULL,
    id              bigint NOT NULL,
    record_key      text NOT NULL,
    record_kind     text NOT NULL,
    occurred_on     date NOT NULL,
    severity        text,
    amount_fen      bigint,
    document_no     text,
    agency          text,
    legal_basis     text,
    detail          text,
    grade           text,
    publicity_until date,
    repaired_on     date,
    annulled_on     date,
    ended_on        date,
    batch_id        bigint NOT NULL,
    line            bigint NOT NULL,
    known_at        timestamptz NOT NULL,
    content_hash    uuid NOT NULL,
    PRIMARY KEY (entity_id, id)
);
CREATE INDEX credit_record_id ON credit_record (id);

CREATE TABLE credit_record_past (
    known_until timestamptz NOT NULL,
    replaced_by bigint NOT NULL,
    LIKE credit_record,
    PRIMARY KEY (entity_id, id, batch_id, line)
);
