-- Version 13: what a check came to is kept until something changes that it was judged by, so that
-- nobody who only asks how questions stand judges everything again. Triggers, so that no way of
-- writing can forget to.

CREATE TABLE judged (
    by   TEXT PRIMARY KEY,                    -- day, region, framework and program it was judged by
    body BLOB NOT NULL                        -- deflated JSON: Assessment
) STRICT, WITHOUT ROWID;

CREATE TRIGGER judged_ends_by_content AFTER INSERT ON content
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_content_read AFTER UPDATE OF state, page_count, unclear, ocr, notes,
        metadata, facts, waiting, traits ON content
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_content_gone AFTER DELETE ON content
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_location AFTER INSERT ON location
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_location_changed AFTER UPDATE OF path, digest, state, present
        ON location
    WHEN new.path IS NOT old.path OR new.digest IS NOT old.digest
        OR new.state IS NOT old.state OR new.present IS NOT old.present
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_location_gone AFTER DELETE ON location
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_link AFTER INSERT ON link
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_link_changed AFTER UPDATE ON link
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_link_gone AFTER DELETE ON link
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_decision AFTER INSERT ON decision
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_forgetting AFTER INSERT ON archive
    WHEN new.key = 'learn_after'
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_forgetting_again AFTER UPDATE ON archive
    WHEN new.key = 'learn_after'
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_activity AFTER INSERT ON activity
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_activity_gone AFTER DELETE ON activity
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_near_duplicate AFTER INSERT ON alike
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_near_duplicate_gone AFTER DELETE ON alike
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_fixity AFTER INSERT ON fixity
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_fixity_changed AFTER UPDATE OF path, digest, status ON fixity
    WHEN new.path IS NOT old.path OR new.digest IS NOT old.digest
        OR new.status IS NOT old.status
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_fixity_gone AFTER DELETE ON fixity
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_place AFTER INSERT ON place
    BEGIN DELETE FROM judged; END;
CREATE TRIGGER judged_ends_by_place_gone AFTER DELETE ON place
    BEGIN DELETE FROM judged; END;
