-- Version 17: which questions were typed into the national form, and what there was to type in.
CREATE TABLE entered (
    framework TEXT NOT NULL,
    question  TEXT NOT NULL,
    author    TEXT NOT NULL,
    made      TEXT NOT NULL,                  -- RFC 3339, UTC
    content   TEXT NOT NULL,                  -- JSON: EntryContent
    PRIMARY KEY (framework, question)
) STRICT, WITHOUT ROWID;
