-- How far a person reaches: a JSON list of parts of the organisation; everywhere when it is empty.
ALTER TABLE accounts ADD COLUMN scope TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(scope));
