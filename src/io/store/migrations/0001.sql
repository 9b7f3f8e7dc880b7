-- The catalog, version 1. Derived tables (content, page, link) may be dropped and rebuilt
-- from the originals; `location` remembers what was seen where.

-- What the archive is for: region, framework, year, when it was made.
CREATE TABLE archive (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- One row a content: equal bytes are one document.
CREATE TABLE content (
    digest     BLOB PRIMARY KEY,              -- SHA-256, 32 bytes
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
    searchable INTEGER NOT NULL DEFAULT 0     -- 1 once the search index has been committed with it
) STRICT, WITHOUT ROWID;
CREATE INDEX content_unsearchable ON content (digest) WHERE searchable = 0;

-- One row a path, ever seen.
CREATE TABLE location (
    path     TEXT PRIMARY KEY,                -- absolute, see io::path
    len      INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,                -- since 1970, UTC
    digest   BLOB,                            -- NULL where the bytes could not be had
    state    TEXT,                            -- FileState; NULL: the content's state holds
    notes    TEXT NOT NULL,                   -- JSON: [Note] about this path
    present  INTEGER NOT NULL                 -- 0 once a walk of its folder did not meet it
) STRICT, WITHOUT ROWID;
CREATE INDEX location_digest ON location (digest);

-- One row a page that was read.
CREATE TABLE page (
    digest BLOB NOT NULL,
    number INTEGER NOT NULL,                  -- from 1
    body   BLOB NOT NULL,                     -- deflated JSON: Page
    PRIMARY KEY (digest, number)
) STRICT, WITHOUT ROWID;

-- One row a proposed tie between a content and a question.
CREATE TABLE link (
    digest     BLOB NOT NULL,
    question   TEXT NOT NULL,
    confidence REAL NOT NULL,                 -- 0..1
    body       TEXT NOT NULL,                 -- JSON: Link
    PRIMARY KEY (digest, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_question ON link (question, confidence);

-- One row a run of `index`.
CREATE TABLE run (
    id      INTEGER PRIMARY KEY,
    started TEXT NOT NULL,                    -- RFC 3339, UTC
    ended   TEXT,                             -- NULL: was interrupted
    roots   TEXT NOT NULL,                    -- JSON: [path]
    sums    TEXT NOT NULL DEFAULT '{}'        -- JSON: {FileState: count}
) STRICT;
