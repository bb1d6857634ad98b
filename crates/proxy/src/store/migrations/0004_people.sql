-- The people index: what the vendors' lists say of people and meetings. Names, addresses, ids, departments, memberships;
-- never a secret. Everything here can be read from the vendors again.

-- Keys of people are made with this, so that nobody can guess whom a key is about.
CREATE TABLE people_salt (id INTEGER PRIMARY KEY CHECK (id = 1), salt BLOB NOT NULL);
INSERT INTO people_salt (id, salt) VALUES (1, randomblob(32));

-- How far each vendor has been read. `position` is where a list stands that is half read.
CREATE TABLE people_sources (
    vendor TEXT PRIMARY KEY,
    pass INTEGER NOT NULL DEFAULT 0,
    position TEXT,
    read_ms INTEGER,
    lines INTEGER NOT NULL DEFAULT 0,
    problem TEXT
) STRICT;

-- One line of a vendor's list. `lead` is the line that stands for the person whom it belongs to.
CREATE TABLE people_accounts (
    id INTEGER PRIMARY KEY,
    vendor TEXT NOT NULL,
    kind INTEGER NOT NULL,
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    digest BLOB NOT NULL,
    pass INTEGER NOT NULL,
    lead INTEGER NOT NULL,
    name TEXT NOT NULL,
    others TEXT NOT NULL,
    email TEXT NOT NULL,
    department TEXT NOT NULL,
    host TEXT NOT NULL,
    place TEXT NOT NULL,
    params TEXT NOT NULL,
    UNIQUE (vendor, kind, account)
) STRICT;
CREATE INDEX people_accounts_lead ON people_accounts (lead);
CREATE INDEX people_accounts_pass ON people_accounts (vendor, pass);
CREATE INDEX people_accounts_host ON people_accounts (host) WHERE host <> '';

-- What a line can be named by, in small letters. Only addresses join.
CREATE TABLE people_handles (
    handle TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES people_accounts (id) ON DELETE CASCADE,
    joins INTEGER NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (handle, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_handles_account ON people_handles (account);

-- What a line belongs to.
CREATE TABLE people_units (
    unit TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES people_accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (unit, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_units_account ON people_units (account);

-- Keys that were given out, each with the line that it leads to now.
CREATE TABLE people_keys (
    key TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES people_accounts (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX people_keys_account ON people_keys (account);

-- People and meetings as they are found; the id is that of the line that leads.
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    detail TEXT NOT NULL,
    department TEXT NOT NULL,
    vendors TEXT NOT NULL,
    ambiguous INTEGER NOT NULL,
    sorted TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX people_sorted ON people (kind, sorted);

-- Beginnings of words, by where they stand; and every one, two and three letters of them.
CREATE VIRTUAL TABLE people_words USING fts5 (
    name, title, rest, content = '', contentless_delete = 1, detail = column, prefix = '1 2', tokenize = 'ascii'
);
CREATE VIRTUAL TABLE people_parts USING fts5 (
    parts, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
