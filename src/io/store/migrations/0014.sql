-- Version 14: two answers are kept that were looked for among all documents again and again.

-- Contents that lie at no path: files that were replaced, or forgotten. Nearly always none.
CREATE TABLE unplaced (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO unplaced
    SELECT digest FROM content c
    WHERE NOT EXISTS (SELECT 1 FROM location l WHERE l.digest = c.digest);

CREATE TRIGGER unplaced_content AFTER INSERT ON content
    WHEN NOT EXISTS (SELECT 1 FROM location WHERE digest = new.digest)
    BEGIN INSERT OR IGNORE INTO unplaced VALUES (new.digest); END;
CREATE TRIGGER unplaced_content_gone AFTER DELETE ON content
    BEGIN DELETE FROM unplaced WHERE digest = old.digest; END;
CREATE TRIGGER unplaced_ends AFTER INSERT ON location
    BEGIN DELETE FROM unplaced WHERE digest = new.digest; END;
CREATE TRIGGER unplaced_by_change AFTER UPDATE OF digest ON location
    WHEN new.digest IS NOT old.digest
    BEGIN
        DELETE FROM unplaced WHERE digest = new.digest;
        INSERT OR IGNORE INTO unplaced SELECT digest FROM content
            WHERE digest = old.digest
            AND NOT EXISTS (SELECT 1 FROM location WHERE digest = old.digest);
    END;
CREATE TRIGGER unplaced_by_location_gone AFTER DELETE ON location
    BEGIN
        INSERT OR IGNORE INTO unplaced SELECT digest FROM content
            WHERE digest = old.digest
            AND NOT EXISTS (SELECT 1 FROM location WHERE digest = old.digest);
    END;

-- Links as they hold once decisions and activities are taken into account, without the faint ones
-- that no list shows. They hold while `archive.effective` names what they were made by, which
-- triggers drop, so that no way of writing can forget to.
CREATE TABLE effective (
    question   TEXT NOT NULL,
    confidence REAL NOT NULL,                 -- 0..1
    digest     BLOB NOT NULL,
    PRIMARY KEY (question, confidence, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX effective_digest ON effective (digest, confidence);

CREATE TRIGGER effective_ends_by_link AFTER INSERT ON link
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_link_changed AFTER UPDATE ON link
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_link_gone AFTER DELETE ON link
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_decision AFTER INSERT ON decision
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_activity AFTER INSERT ON activity
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_activity_gone AFTER DELETE ON activity
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_traits AFTER UPDATE OF traits ON content
    WHEN new.traits IS NOT old.traits
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_forgetting AFTER INSERT ON archive
    WHEN new.key = 'learn_after'
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
CREATE TRIGGER effective_ends_by_forgetting_again AFTER UPDATE ON archive
    WHEN new.key = 'learn_after'
    BEGIN DELETE FROM archive WHERE key = 'effective'; END;
