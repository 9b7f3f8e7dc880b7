-- Version 5: what people decided, and what their decisions are learnt by.

-- One row a decision. Rows are added, never changed or removed; taking back is a row too.
CREATE TABLE decision (
    id        INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order they were made
    act       INTEGER NOT NULL,               -- decisions made in one go share it
    verdict   TEXT NOT NULL,                  -- Verdict, or 'undo'
    undoes    INTEGER,                        -- of an undo: the act taken back
    framework TEXT NOT NULL,                  -- the id that `question` belongs to
    digest    BLOB,                           -- NULL in an undo
    question  TEXT,                           -- NULL in an undo
    author    TEXT NOT NULL,
    made      TEXT NOT NULL,                  -- RFC 3339, UTC
    note      TEXT NOT NULL DEFAULT '',
    origin    INTEGER                         -- carried over from this decision on an older framework
) STRICT;
CREATE INDEX decision_act ON decision (act);
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is never removed'); END;

-- JSON: [text]; what a link is compared by when it is learnt from decisions.
ALTER TABLE content ADD COLUMN traits TEXT NOT NULL DEFAULT '[]';
-- Which linker made the content's links; another links again, from the pages kept here.
ALTER TABLE content ADD COLUMN linked_by TEXT NOT NULL DEFAULT '';

-- One row a document that belongs to an activity with others; derived, made anew by `index`.
CREATE TABLE activity (
    digest   BLOB PRIMARY KEY,
    activity INTEGER NOT NULL,                -- equal for the documents of one activity
    photo    INTEGER NOT NULL,                -- 1: it is a photo
    day      TEXT                             -- YYYY-MM-DD, the earliest known
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_number ON activity (activity);
