-- Version 2: files inside files, and pages that are still to be read.

-- JSON: [number of each page whose picture was not read yet].
ALTER TABLE content ADD COLUMN waiting TEXT NOT NULL DEFAULT '[]';
-- Files directly inside: members of a container, attachments of a mail.
ALTER TABLE content ADD COLUMN members INTEGER NOT NULL DEFAULT 0;
CREATE INDEX content_waiting ON content (digest) WHERE waiting <> '[]';
