-- How far a person reaches: a JSON list of parts of the organisation; everywhere when it is empty.
ALTER TABLE accounts ADD COLUMN scope TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(scope));

-- People whom somebody else vouches for. Each has an account, without a password, with role and scope as of the last
-- sign-in. Who it is, is issuer and subject and nothing else.
CREATE TABLE identities (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL UNIQUE REFERENCES accounts (name) ON DELETE CASCADE,
    -- For show, as of the last sign-in.
    label   TEXT NOT NULL,
    email   TEXT NOT NULL,
    seen_ms INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

-- Everybody signs in anew: of older sessions it is not known how they came to be.
DROP TABLE sessions;
CREATE TABLE sessions (
    id_hash          BLOB PRIMARY KEY NOT NULL CHECK (length(id_hash) = 32),
    -- Names it among people; has nothing to do with the id that opens it.
    public_id        TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    created_ms       INTEGER NOT NULL,
    active_ms        INTEGER NOT NULL,
    proven_ms        INTEGER NOT NULL,
    way              TEXT NOT NULL CHECK (way IN ('password', 'provider', 'header')),
    address          TEXT,
    browser          TEXT,
    -- What the provider calls its own session.
    provider_session TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_name ON sessions (name);

-- What counts once, until then: answers and notices of a provider.
CREATE TABLE spent (
    key      TEXT PRIMARY KEY NOT NULL,
    until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_by_time ON spent (until_ms);
