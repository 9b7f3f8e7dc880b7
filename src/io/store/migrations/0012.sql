-- Version 12: contents and pages lie in tables with row numbers. In one without, a row of more
-- than a quarter of a database page goes to a page of its own, nearly empty: with small papers
-- more than half of the catalog was such room.

CREATE TABLE content_of_12 (
    digest     BLOB NOT NULL UNIQUE,          -- SHA-256, 32 bytes
    len        INTEGER NOT NULL,              -- bytes
    media_type TEXT NOT NULL,
    state      TEXT NOT NULL,                 -- FileState
    page_count INTEGER NOT NULL,              -- as the file declares
    unclear    TEXT NOT NULL,                 -- JSON: [number of each page hard to read]
    ocr        REAL,                          -- mean confidence of OCR; NULL where none ran
    notes      TEXT NOT NULL,                 -- JSON: [Note]
    metadata   TEXT NOT NULL,                 -- JSON: Metadata
    facts      TEXT NOT NULL,                 -- JSON: DocumentFacts
    reader     TEXT NOT NULL,                 -- which reader made this row; another reads again
    searchable INTEGER NOT NULL DEFAULT 0,    -- 1 once the search index has been committed with it
    waiting    TEXT NOT NULL DEFAULT '[]',    -- JSON: [number of each page not read yet]
    members    INTEGER NOT NULL DEFAULT 0,    -- files directly inside
    traits     TEXT NOT NULL DEFAULT '[]',    -- JSON: [what decisions compare it by]
    linked_by  TEXT NOT NULL DEFAULT '',      -- what recognised and linked it
    sketch     BLOB,                          -- TextFingerprint; NULL where there is too little text
    compared   INTEGER NOT NULL DEFAULT 0,    -- 1 once compared with everything else
    relates    INTEGER NOT NULL GENERATED ALWAYS AS
        (CASE WHEN json_valid(facts) THEN json_type(facts, '$.relations') IS NOT NULL ELSE 0 END)
        VIRTUAL
) STRICT;
INSERT INTO content_of_12 (digest, len, media_type, state, page_count, unclear, ocr, notes,
        metadata, facts, reader, searchable, waiting, members, traits, linked_by, sketch, compared)
    SELECT digest, len, media_type, state, page_count, unclear, ocr, notes,
        metadata, facts, reader, searchable, waiting, members, traits, linked_by, sketch, compared
    FROM content ORDER BY digest;
DROP TABLE content;
ALTER TABLE content_of_12 RENAME TO content;
CREATE INDEX content_unsearchable ON content (digest) WHERE searchable = 0;
CREATE INDEX content_waiting ON content (digest) WHERE waiting <> '[]';
CREATE INDEX content_state ON content (state, digest);
CREATE INDEX content_by_recogniser ON content (state, linked_by, digest);
CREATE INDEX content_noted ON content (state, digest) WHERE notes <> '[]';
CREATE INDEX content_uncompared ON content (digest) WHERE compared = 0;
CREATE INDEX content_relating ON content (digest) WHERE relates = 1;
CREATE TRIGGER learnt_ends_by_traits AFTER UPDATE OF traits ON content
    WHEN new.traits IS NOT old.traits
        AND EXISTS (SELECT 1 FROM decision WHERE digest = new.digest)
    BEGIN DELETE FROM archive WHERE key = 'learnt'; END;

CREATE TABLE page_of_12 (
    digest BLOB NOT NULL,
    number INTEGER NOT NULL,                  -- from 1
    body   BLOB NOT NULL,                     -- deflated JSON: Page
    UNIQUE (digest, number)
) STRICT;
INSERT INTO page_of_12 (digest, number, body)
    SELECT digest, number, body FROM page ORDER BY digest, number;
DROP TABLE page;
ALTER TABLE page_of_12 RENAME TO page;
