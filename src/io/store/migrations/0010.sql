-- Version 10: documents that amend or repeal others are told by a column, not by a text that
-- may stand in what they say. A list that is empty is not written, see DocumentFacts.

DROP INDEX content_relating;
ALTER TABLE content ADD COLUMN relates INTEGER NOT NULL GENERATED ALWAYS AS
    (CASE WHEN json_valid(facts) THEN json_type(facts, '$.relations') IS NOT NULL ELSE 0 END)
    VIRTUAL;
CREATE INDEX content_relating ON content (digest) WHERE relates = 1;
