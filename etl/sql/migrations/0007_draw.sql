-- SPDX-License-Identifier: GPL-3.0-or-later
-- Double-random draws. Local tables. The commit and the log entries are kept byte for byte, as
-- they were published. The secret is stored from the commit on and leaves the database only with
-- the reveal.

CREATE TABLE plan (
    plan_id     text PRIMARY KEY,
    authority   text NOT NULL,
    title       text NOT NULL,
    document    text NOT NULL,        -- canonical bytes, hashed into every commit
    hash        bytea NOT NULL,       -- of document, by the plan's own hash function
    created_at  timestamptz NOT NULL
);

CREATE TABLE draw (
    authority      text NOT NULL,
    draw_number    bigint NOT NULL CHECK (draw_number > 0),  -- gapless per authority
    plan_id        text NOT NULL REFERENCES plan (plan_id),
    state          text NOT NULL CHECK (state IN ('committed', 'drawn', 'revealed', 'abandoned')),
    as_of          date NOT NULL,
    rehearsal      boolean NOT NULL,
    run_id         bigint NOT NULL REFERENCES score_run (run_id),
    secret         bytea NOT NULL CHECK (octet_length(secret) = 32),
    frame_count    bigint NOT NULL,
    selected_count bigint,
    redraw_of      bigint,
    redraw_reason  text,
    abandon_reason text,
    committed_at   timestamptz NOT NULL,
    drawn_at       timestamptz,
    revealed_at    timestamptz,
    abandoned_at   timestamptz,
    PRIMARY KEY (authority, draw_number),
    FOREIGN KEY (authority, redraw_of) REFERENCES draw (authority, draw_number)
);
CREATE UNIQUE INDEX draw_one_open ON draw (authority, plan_id) WHERE state = 'committed';

-- The plain files of the bundle, as published.
CREATE TABLE draw_file (
    authority   text NOT NULL,
    draw_number bigint NOT NULL,
    name        text NOT NULL,
    content     bytea NOT NULL,
    PRIMARY KEY (authority, draw_number, name),
    FOREIGN KEY (authority, draw_number) REFERENCES draw (authority, draw_number)
);

CREATE TABLE draw_log (
    authority     text NOT NULL,
    entry_number  bigint NOT NULL,
    draw_number   bigint NOT NULL,
    entry         bytea NOT NULL,
    previous_hash bytea NOT NULL,
    entry_hash    bytea NOT NULL,
    at            timestamptz NOT NULL,
    PRIMARY KEY (authority, entry_number)
);
