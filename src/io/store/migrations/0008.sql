-- Version 8: fingerprints, and what was found by comparing them. All derived.

-- Fingerprint of the text (TextPrint); NULL where there is too little of it.
ALTER TABLE content ADD COLUMN sketch BLOB;
-- 1 once it has been compared with everything else.
ALTER TABLE content ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;
CREATE INDEX content_uncompared ON content (digest) WHERE compared = 0;

-- One row a photo.
CREATE TABLE photo (
    digest BLOB NOT NULL,
    number INTEGER NOT NULL,                  -- from 0, in the order of the pages
    page   INTEGER NOT NULL,                  -- from 1
    body   BLOB NOT NULL,                     -- PhotoPrint
    PRIMARY KEY (digest, number)
) STRICT, WITHOUT ROWID;

-- One row a pair of documents and what they have in common.
CREATE TABLE alike (
    first  BLOB NOT NULL,                     -- the smaller digest
    second BLOB NOT NULL,
    body   TEXT NOT NULL                      -- JSON: Alike
) STRICT;
CREATE INDEX alike_first ON alike (first);
CREATE INDEX alike_second ON alike (second);
