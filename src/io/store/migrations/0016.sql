-- Version 16: the few documents that bear a printed code (QR) are found without reading all facts:
-- the check compares them with one another.

ALTER TABLE content ADD COLUMN coded INTEGER NOT NULL GENERATED ALWAYS AS
    (CASE WHEN json_valid(facts) THEN json_type(facts, '$.codes') IS NOT NULL ELSE 0 END)
    VIRTUAL;
CREATE INDEX content_coded ON content (digest) WHERE coded = 1;
