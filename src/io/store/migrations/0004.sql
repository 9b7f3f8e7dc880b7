-- Version 4: what happened, and when each file was last found whole.

-- The event log: append-only, each record chained to the one before; see fixity::log.
CREATE TABLE event (
    number   INTEGER PRIMARY KEY,             -- from 1 without gaps
    previous BLOB NOT NULL,                   -- digest of the record before; zeros for the first
    digest   BLOB NOT NULL,                   -- its own
    body     TEXT NOT NULL                    -- canonical JSON: Event
) STRICT;
CREATE TRIGGER event_is_appended BEFORE INSERT ON event
    WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM event)
    BEGIN SELECT raise(ABORT, 'the log is only appended to'); END;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
    BEGIN SELECT raise(ABORT, 'the log is only appended to'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
    BEGIN SELECT raise(ABORT, 'the log is only appended to'); END;

-- Derived: which records are about which content.
CREATE TABLE event_object (
    digest BLOB NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (digest, number)
) STRICT, WITHOUT ROWID;

-- RFC 3161 tokens, as they came.
CREATE TABLE stamp (
    number INTEGER NOT NULL,                  -- the record whose digest is stamped
    time   TEXT NOT NULL,                     -- as the authority says, RFC 3339, UTC
    token  BLOB NOT NULL UNIQUE               -- DER: TimeStampResp or TimeStampToken
) STRICT;

-- When a path was last looked at by `verify`, and how it was.
CREATE TABLE fixity (
    path    TEXT PRIMARY KEY,
    digest  BLOB NOT NULL,                    -- what was expected there
    checked TEXT NOT NULL,                    -- RFC 3339, UTC
    status  TEXT NOT NULL,                    -- FixityStatus
    found   BLOB                              -- the digest found, where it could be read
) STRICT, WITHOUT ROWID;
