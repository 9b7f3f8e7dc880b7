-- Version 7: what another edition or program recognised is found without reading every row.

CREATE INDEX content_by_recogniser ON content (state, linked_by, digest);
