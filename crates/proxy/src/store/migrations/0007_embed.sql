-- A session inside a frame of another page is a session like any other, and this says which one it came from.
CREATE TABLE embed_sessions (
    id_hash     BLOB PRIMARY KEY NOT NULL REFERENCES sessions (id_hash) ON DELETE CASCADE,
    parent_hash BLOB NOT NULL CHECK (length(parent_hash) = 32)
) STRICT, WITHOUT ROWID;
CREATE INDEX embed_sessions_by_parent ON embed_sessions (parent_hash);

-- However a session ends, those that came from it end with it. They beget none themselves, so once is enough.
CREATE TRIGGER sessions_end_in_frames_too AFTER DELETE ON sessions
BEGIN
    DELETE FROM sessions WHERE id_hash IN (SELECT id_hash FROM embed_sessions WHERE parent_hash = OLD.id_hash);
END;

-- Codes that take a session into a frame, once.
CREATE TABLE embed_codes (
    code_hash    BLOB PRIMARY KEY NOT NULL CHECK (length(code_hash) = 32),
    session_hash BLOB NOT NULL REFERENCES sessions (id_hash) ON DELETE CASCADE,
    challenge    BLOB NOT NULL CHECK (length(challenge) = 32),
    until_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX embed_codes_by_session ON embed_codes (session_hash);
