-- Version 3: an unchanged share is told in one pass over `location`, in the order of its paths.

-- What the content's row says, kept beside each path of it; NULL where there is no content.
ALTER TABLE location ADD COLUMN read_by TEXT;              -- content.reader
ALTER TABLE location ADD COLUMN outcome TEXT;              -- content.state
ALTER TABLE location ADD COLUMN members INTEGER NOT NULL DEFAULT 0;
UPDATE location SET (read_by, outcome, members) =
    (SELECT reader, state, members FROM content c WHERE c.digest = location.digest)
    WHERE digest IN (SELECT digest FROM content);

DROP INDEX location_digest;
CREATE INDEX location_digest ON location (digest, present, state, path, outcome);
CREATE INDEX location_own_state ON location (state, path) WHERE state IS NOT NULL AND present = 1;
CREATE INDEX content_state ON content (state, digest);
