-- SPDX-License-Identifier: GPL-3.0-or-later
-- Alerts and what happened to each. Local tables; entity_id has no foreign key.

CREATE TABLE alert (
    alert_id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint      bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    rule_id          text NOT NULL,
    rule_kind        text NOT NULL,
    labels           jsonb NOT NULL,   -- what the fingerprint is made of, besides the rule
    state            text NOT NULL,
    open             boolean NOT NULL, -- by the life-cycle table: this state counts as open
    severity         text NOT NULL,
    entity_id        bigint,
    entity_code      text,             -- scheme:code
    region_code      text,
    industry_section text,
    first_as_of      date NOT NULL,
    last_as_of       date NOT NULL,    -- of the last hit
    hits             bigint NOT NULL,
    evidence_mark    bigint NOT NULL,  -- newer evidence has a larger one: a day number, or the score run
    evidence         jsonb NOT NULL,   -- of the last hit: what was found, and by which thresholds
    lapsed_as_of     date,             -- since then the condition is no longer found; NULL: it is
    assignee         text,
    verdict          text,
    previous         bigint REFERENCES alert (alert_id),
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);
CREATE UNIQUE INDEX alert_one_open ON alert (fingerprint) WHERE open;
CREATE INDEX alert_fingerprint ON alert (fingerprint, alert_id);
CREATE INDEX alert_queue ON alert (alert_id) WHERE open;

-- One row per step of any alert, in one chain over all of them: hash = SHA-256 over previous_hash
-- and the row's own fields, byte for byte as models/alert/chain.h says.
CREATE TABLE alert_transition (
    transition_id bigint PRIMARY KEY CHECK (transition_id > 0), -- 1, 2, … without a gap
    alert_id      bigint NOT NULL REFERENCES alert (alert_id),
    event         text NOT NULL,
    from_state    text NOT NULL,
    to_state      text NOT NULL,
    actor         text NOT NULL,
    reason        text,
    assignee      text,
    verdict       text,
    evidence      text,                -- JSON as it was hashed; steps of a scan only
    as_of         date,                -- of the scan
    at            timestamptz NOT NULL,
    previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
    hash          bytea NOT NULL CHECK (octet_length(hash) = 32)
);
CREATE INDEX alert_transition_alert ON alert_transition (alert_id, transition_id);
