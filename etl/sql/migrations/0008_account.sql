-- SPDX-License-Identifier: GPL-3.0-or-later
-- Accounts, sessions, the audit chain, jobs, and counters of change. Local tables.

CREATE TABLE account (
    account_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text NOT NULL UNIQUE,
    role          text NOT NULL
                  CHECK (role IN ('regulator', 'planner', 'leader', 'auditor', 'admin')),
    region_code   text,               -- NULL = every district
    department_id text,               -- NULL = every department
    password_hash text NOT NULL,      -- Argon2id, self-describing
    disabled      boolean NOT NULL,
    created_at    timestamptz NOT NULL,
    password_at   timestamptz NOT NULL
);

-- The session id itself is known to the browser only.
CREATE TABLE session (
    session_hash bytea PRIMARY KEY CHECK (octet_length(session_hash) = 32),
    account_id   bigint NOT NULL REFERENCES account (account_id),
    created_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,  -- brought up to date once a minute at most
    expires_at   timestamptz NOT NULL   -- absolute; the idle limit counts from seen_at
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expiry ON session (expires_at);

-- Who did what, when and why: hash = SHA-256 over previous_hash and the row's own fields.
CREATE TABLE audit (
    sequence      bigint PRIMARY KEY CHECK (sequence > 0),  -- gapless
    at            timestamptz NOT NULL,   -- whole seconds
    actor         text NOT NULL,          -- account name, or "command" for the command line
    action        text NOT NULL,
    subject       text NOT NULL,
    detail        text NOT NULL,
    request_id    text NOT NULL,
    previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
    hash          bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- The last entry of the chain; its row lock puts appenders in order.
CREATE TABLE audit_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint NOT NULL,
    hash     bytea NOT NULL CHECK (octet_length(hash) = 32)
);
INSERT INTO audit_head (sequence, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE TABLE job (
    job_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text NOT NULL,
    account_id   bigint NOT NULL REFERENCES account (account_id),
    argument     jsonb NOT NULL,
    state        text NOT NULL
                 CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    percent      integer NOT NULL CHECK (percent BETWEEN 0 AND 100),
    detail       text NOT NULL,
    result       text,                -- a link
    error        text,
    cancel       boolean NOT NULL,    -- asked for
    idempotency_key text,
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz,
    UNIQUE (account_id, kind, idempotency_key)
);
CREATE INDEX job_queue ON job (job_id) WHERE state IN ('queued', 'running');

-- Bumped, last of all before the commit, by each transaction that changes what is served and that
-- no batch or published run tells of.
CREATE TABLE change_count (
    subject text PRIMARY KEY,
    changes bigint NOT NULL
);
INSERT INTO change_count (subject, changes) VALUES ('account', 0), ('alert', 0), ('draw', 0);
