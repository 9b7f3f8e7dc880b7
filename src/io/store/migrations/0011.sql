-- Version 11: what was learnt from decisions is kept (`archive.learnt`) until something changes
-- that it was learnt from: a decision, or the links or traits of a document with one. Triggers,
-- so that no way of writing can forget to.

CREATE INDEX decision_document ON decision (digest);

CREATE TRIGGER learnt_ends_by_decision AFTER INSERT ON decision
    BEGIN DELETE FROM archive WHERE key = 'learnt'; END;
CREATE TRIGGER learnt_ends_by_link AFTER INSERT ON link
    WHEN EXISTS (SELECT 1 FROM decision WHERE digest = new.digest)
    BEGIN DELETE FROM archive WHERE key = 'learnt'; END;
CREATE TRIGGER learnt_ends_by_link_gone AFTER DELETE ON link
    WHEN EXISTS (SELECT 1 FROM decision WHERE digest = old.digest)
    BEGIN DELETE FROM archive WHERE key = 'learnt'; END;
CREATE TRIGGER learnt_ends_by_traits AFTER UPDATE OF traits ON content
    WHEN new.traits IS NOT old.traits
        AND EXISTS (SELECT 1 FROM decision WHERE digest = new.digest)
    BEGIN DELETE FROM archive WHERE key = 'learnt'; END;
CREATE TRIGGER learnt_ends_by_forgetting AFTER INSERT ON archive
    WHEN new.key = 'learn_after'
    BEGIN DELETE FROM archive WHERE key = 'learnt'; END;
CREATE TRIGGER learnt_ends_by_forgetting_again AFTER UPDATE ON archive
    WHEN new.key = 'learn_after'
    BEGIN DELETE FROM archive WHERE key = 'learnt'; END;
