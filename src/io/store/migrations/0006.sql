-- Version 6: what the region gives itself, and what each check came to.

-- One row a question the region answered.
CREATE TABLE answer (
    framework TEXT NOT NULL,
    question  TEXT NOT NULL,
    points    REAL NOT NULL,
    note      TEXT NOT NULL,
    PRIMARY KEY (framework, question)
) STRICT, WITHOUT ROWID;

-- One row a check that came to something else than the one before it.
CREATE TABLE checked (
    id        INTEGER PRIMARY KEY,
    made      TEXT NOT NULL,                  -- RFC 3339, UTC
    as_of     TEXT NOT NULL,                  -- the day it was made for
    framework TEXT NOT NULL,
    year      INTEGER NOT NULL,               -- of the verification
    max       REAL NOT NULL,                  -- points, likely points, points at risk of all questions
    likely    REAL NOT NULL,
    at_risk   REAL NOT NULL,
    body      BLOB NOT NULL                   -- deflated JSON: [Stood]
) STRICT;
CREATE INDEX checked_day ON checked (framework, year, as_of);

-- The few documents that amend or repeal others are found without reading all facts.
CREATE INDEX content_relating ON content (digest) WHERE instr(facts, '"relations":') > 0;
