-- Version 7: what the review page says at each step is kept, not counted: at 100,000 rows counting takes 40 ms.

CREATE TABLE tally (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    rows INTEGER NOT NULL,          -- of the list
    waiting INTEGER NOT NULL,       -- for a person
    doubt REAL NOT NULL,            -- the sum over those
    unreadable INTEGER NOT NULL
) STRICT;
INSERT INTO tally SELECT 1, count(*) FILTER (WHERE state NOT IN ('not-a-pairing', 'merged', 'removed')),
    count(*) FILTER (WHERE queued = 1), coalesce(sum(doubt) FILTER (WHERE queued = 1), 0.0),
    count(*) FILTER (WHERE state = 'unreadable') FROM review;
DROP INDEX review_unreadable;

CREATE TRIGGER review_counted AFTER INSERT ON review BEGIN
    UPDATE tally SET rows = rows + (NEW.state NOT IN ('not-a-pairing', 'merged', 'removed')),
        waiting = waiting + NEW.queued, doubt = doubt + NEW.queued * NEW.doubt,
        unreadable = unreadable + (NEW.state = 'unreadable');
END;
CREATE TRIGGER review_discounted AFTER DELETE ON review BEGIN
    UPDATE tally SET rows = rows - (OLD.state NOT IN ('not-a-pairing', 'merged', 'removed')),
        waiting = waiting - OLD.queued, doubt = doubt - OLD.queued * OLD.doubt,
        unreadable = unreadable - (OLD.state = 'unreadable');
END;
CREATE TRIGGER review_recounted AFTER UPDATE OF state, doubt, queued ON review BEGIN
    UPDATE tally SET
        rows = rows + (NEW.state NOT IN ('not-a-pairing', 'merged', 'removed'))
                    - (OLD.state NOT IN ('not-a-pairing', 'merged', 'removed')),
        waiting = waiting + NEW.queued - OLD.queued,
        doubt = doubt + NEW.queued * NEW.doubt - OLD.queued * OLD.doubt,
        unreadable = unreadable + (NEW.state = 'unreadable') - (OLD.state = 'unreadable');
END;
