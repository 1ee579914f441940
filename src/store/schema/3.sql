-- Version 3: findings of the checks.

-- What the checks of a list found, for a person to look at; replaced together with the document's pairings.
CREATE TABLE findings (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n INTEGER NOT NULL,             -- from 1
    kind TEXT NOT NULL,             -- the flag of the row it is about (gap, unread ...), or passed-over
    text TEXT NOT NULL,             -- in a sentence
    page INTEGER,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

CREATE VIEW found_odd AS
    SELECT f.file, c.page, c.kind, c.text, c.x, c.y, c.w, c.h
    FROM findings c JOIN named f ON f.document = c.document
    ORDER BY f.file, c.page, c.n;

-- Rows of which a name could not be read: what was read of them, and where they stand.
CREATE VIEW unread AS
    SELECT id, file, page, no, level, school, partner, school_raw, partner_raw, rule FROM list
    WHERE ' ' || flags || ' ' LIKE '% unread %';
