-- SPDX-License-Identifier: GPL-3.0-or-later
-- Alerts and what happened to each. Local tables; entity_id has no foreign key.

CREATE TABLE alert (
    alert_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint  bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    rule_id      text NOT NULL,
    rule_kind    text NOT NULL,
    labels       jsonb NOT NULL,
    state        text NOT NULL,
    open         boolean NOT NULL,   -- by the life-cycle table: this state counts as open
    severity     text NOT NULL,
    entity_id    bigint,
    entity_code  text,
    region_code  text,
    industry     text,
    first_as_of  date NOT NULL,
    last_as_of   date NOT NULL,
    hits         bigint NOT NULL,
    evidence     jsonb NOT NULL,     -- of the last hit: observed, bound, records
    assignee     text,
    verdict      text,
    previous     bigint REFERENCES alert (alert_id),
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX alert_one_open ON alert (fingerprint) WHERE open;
CREATE INDEX alert_queue ON alert (open, severity, alert_id);

-- One row per step, chained: hash = SHA-256 over previous_hash and the row's own fields.
CREATE TABLE alert_transition (
    alert_id      bigint NOT NULL REFERENCES alert (alert_id),
    step          integer NOT NULL,
    event         text NOT NULL,
    from_state    text,
    to_state      text NOT NULL,
    actor         text NOT NULL,
    reason        text,
    assignee      text,
    verdict       text,
    at            timestamptz NOT NULL,
    previous_hash bytea NOT NULL,
    hash          bytea NOT NULL,
    PRIMARY KEY (alert_id, step)
);
