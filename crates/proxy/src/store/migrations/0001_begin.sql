CREATE TABLE accounts (
    name          TEXT PRIMARY KEY NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('admin', 'helpdesk', 'auditor')),
    password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    id_hash    BLOB PRIMARY KEY NOT NULL CHECK (length(id_hash) = 32),
    name       TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    created_ms INTEGER NOT NULL,
    active_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_name ON sessions (name);

CREATE TABLE sign_in_failures (
    key   TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_key ON sign_in_failures (key, at_ms);
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (at_ms);

-- The record. Each row's hash covers its number, the hash before it and its content.
CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY NOT NULL CHECK (seq > 0),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    content  TEXT NOT NULL CHECK (json_valid(content))
) STRICT;

-- Mistakes of our own must not touch it; who means to can drop these, and the chain shows what was done.
CREATE TRIGGER audit_rows_stay BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the record is append-only');
END;
CREATE TRIGGER audit_rows_are_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the record is append-only');
END;

CREATE TABLE audit_head (
    id   INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    seq  INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

-- One row, written to see whether the database can be written.
CREATE TABLE liveness (
    id    INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    beats INTEGER NOT NULL
) STRICT;
INSERT INTO liveness (id, beats) VALUES (1, 0);
