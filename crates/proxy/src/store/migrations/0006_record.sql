-- What the record is searched by. The record's rows stay as they are; this is made of them, in the same transaction, and
-- can be made again at any time.

-- What is looked for in a row of the record. An outcome's `intent` names the row that it ends.
CREATE VIEW record_rows AS
SELECT
    seq,
    coalesce(json_extract(content, '$.at'), '')                                AS at,
    coalesce(json_extract(content, '$.kind'), '')                              AS kind,
    coalesce(json_extract(content, '$.actor'), '')                             AS actor,
    coalesce(json_extract(content, '$.vendor'), '')                            AS vendor,
    coalesce(json_extract(content, '$.operation'), '')                         AS operation,
    CASE json_extract(content, '$.kind')
        WHEN 'intent' THEN 'open'
        WHEN 'reveal' THEN 'open'
        ELSE coalesce(json_extract(content, '$.result'), '')
    END                                                                        AS result,
    lower(
        coalesce(json_extract(content, '$.actor'), '') || char(10)
        || coalesce((SELECT group_concat(value, char(10)) FROM json_each(content, '$.objects')), '') || char(10)
        || coalesce((SELECT group_concat(value, char(10)) FROM json_each(content, '$.query') WHERE key <> 'option'), '')
    )                                                                          AS text,
    lower(coalesce(json_extract(content, '$.reason'), ''))                     AS reason,
    coalesce(json_extract(content, '$.intent'), 0)                             AS intent,
    coalesce(json_extract(content, '$.undoes'), 0)                             AS undoes
FROM audit;

-- Objects of a row: path parameters, and what else its query names. Addresses are the same in either case.
CREATE VIEW record_row_objects AS
SELECT
    json_extract(audit.content, '$.vendor')                                    AS vendor,
    CASE WHEN instr(named.value, '@') THEN lower(named.value) ELSE named.value END AS object,
    audit.seq                                                                  AS seq
FROM audit, json_each(json_array(
    json_extract(audit.content, '$.objects'),
    json_remove(json_extract(audit.content, '$.query'), '$.option')
)) AS side, json_each(side.value) AS named
WHERE side.type = 'object' AND json_extract(audit.content, '$.vendor') IS NOT NULL;

-- One row for each entry: what was begun, and how it ended once that is known.
CREATE TABLE record_index (
    seq       INTEGER PRIMARY KEY NOT NULL,
    outcome   INTEGER,
    -- The entry that undid it.
    undone    INTEGER,
    at        TEXT NOT NULL,
    kind      TEXT NOT NULL,
    actor     TEXT NOT NULL COLLATE NOCASE,
    vendor    TEXT NOT NULL,
    operation TEXT NOT NULL,
    result    TEXT NOT NULL,
    text      TEXT NOT NULL,
    reason    TEXT NOT NULL
) STRICT;
-- Other questions look through the whole index, which is narrow: a tenth of a second for a million rows of the record.
CREATE INDEX record_by_actor ON record_index (actor, seq);
CREATE INDEX record_by_operation ON record_index (operation, seq);

CREATE TABLE record_objects (
    vendor TEXT NOT NULL,
    object TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (vendor, object, seq)
) STRICT, WITHOUT ROWID;

INSERT INTO record_index (seq, at, kind, actor, vendor, operation, result, text, reason)
SELECT seq, at, kind, actor, vendor, operation, result, text, reason
FROM record_rows
WHERE kind <> 'outcome' OR intent = 0;

UPDATE record_index SET outcome = ended.seq, result = ended.result
FROM (
    SELECT intent, max(seq) AS seq, result FROM record_rows WHERE kind = 'outcome' AND intent > 0 GROUP BY intent
) AS ended
WHERE ended.intent = record_index.seq;

INSERT OR IGNORE INTO record_objects (vendor, object, seq)
SELECT vendor, object, seq FROM record_row_objects
WHERE seq IN (SELECT seq FROM record_index);

CREATE TRIGGER audit_rows_are_indexed AFTER INSERT ON audit
WHEN json_extract(NEW.content, '$.kind') IS NOT 'outcome' OR coalesce(json_extract(NEW.content, '$.intent'), 0) = 0
BEGIN
    INSERT INTO record_index (seq, at, kind, actor, vendor, operation, result, text, reason)
    SELECT seq, at, kind, actor, vendor, operation, result, text, reason FROM record_rows WHERE seq = NEW.seq;
    INSERT OR IGNORE INTO record_objects (vendor, object, seq)
    SELECT vendor, object, seq FROM record_row_objects WHERE seq = NEW.seq;
END;

CREATE TRIGGER audit_outcomes_are_indexed AFTER INSERT ON audit
WHEN json_extract(NEW.content, '$.kind') = 'outcome'
BEGIN
    UPDATE record_index
    SET outcome = NEW.seq, result = coalesce(json_extract(NEW.content, '$.result'), '')
    WHERE seq = json_extract(NEW.content, '$.intent');
    UPDATE record_index
    SET undone = json_extract(NEW.content, '$.intent')
    WHERE seq = json_extract(NEW.content, '$.undoes') AND json_extract(NEW.content, '$.result') = 'applied';
END;
