-- Files that jobs are made from, sealed; kept for a day.
CREATE TABLE job_tables (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    actor      TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    sealed     BLOB NOT NULL
) STRICT;

CREATE TABLE jobs (
    seq        INTEGER PRIMARY KEY NOT NULL,
    id         TEXT NOT NULL UNIQUE,
    once       TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    file       TEXT NOT NULL,
    actor      TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    started_ms INTEGER,
    ended_ms   INTEGER,
    state      TEXT NOT NULL
        CHECK (state IN ('checking', 'unchecked', 'ready', 'running', 'paused', 'cancelled', 'finished')),
    reason     TEXT NOT NULL DEFAULT '',
    resumes_ms INTEGER,
    -- What was asked for, sealed: it may hold values.
    plan       BLOB NOT NULL,
    -- Who works on it, until when, and how often that changed: work of an earlier owner no longer counts.
    owner      TEXT NOT NULL DEFAULT '',
    lease_ms   INTEGER NOT NULL DEFAULT 0,
    fence      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE job_rows (
    job         TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    subject     TEXT NOT NULL,
    state       TEXT NOT NULL
        CHECK (state IN ('invalid', 'pending', 'intent', 'done', 'failed', 'unknown', 'cancelled')),
    -- The body that is sent, chosen before the first try and never again; none when it was handed over or destroyed.
    sealed      BLOB,
    tries       INTEGER NOT NULL DEFAULT 0,
    intent      INTEGER,
    detail      TEXT NOT NULL DEFAULT '',
    code        TEXT NOT NULL DEFAULT '',
    tracking_id TEXT NOT NULL DEFAULT '',
    at_ms       INTEGER,
    PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_rows_by_state ON job_rows (job, state, number);

-- Changes made with each of a vendor's accounts, by hour.
CREATE TABLE lane_use (
    vendor TEXT NOT NULL,
    lane   TEXT NOT NULL,
    hour   INTEGER NOT NULL,
    used   INTEGER NOT NULL,
    PRIMARY KEY (vendor, lane, hour)
) STRICT, WITHOUT ROWID;

-- Accounts that the vendor no longer takes changes from.
CREATE TABLE lanes_closed (
    vendor   TEXT NOT NULL,
    lane     TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (vendor, lane)
) STRICT, WITHOUT ROWID;
