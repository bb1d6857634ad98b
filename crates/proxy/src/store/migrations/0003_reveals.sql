-- When somebody was shown a secret; rows older than what counts are forgotten.
CREATE TABLE reveals (
    name  TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX reveals_by_name ON reveals (name, at_ms);
CREATE INDEX reveals_by_time ON reveals (at_ms);
