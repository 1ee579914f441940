-- Version 4: what a person said lasts. pairings is the list as it stands now: what was read, with the corrections
-- of people laid over it. review has each row as it was read, and what a person made of it.

DROP TRIGGER corrections_kept;
DROP TRIGGER corrections_unchanged;
DROP TRIGGER corrections_not_replaced;
DROP INDEX corrections_place;
ALTER TABLE corrections RENAME TO corrections_1;

-- What a person said. Append-only; a correction names its evidence (document, page, boxes, words as read), not
-- a row that the next run replaces.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    act TEXT NOT NULL,              -- one keystroke of a person, 32 hex digits, the same on every machine
    part INTEGER NOT NULL,          -- from 0: an act may change several fields or rows
    made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    who TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('set', 'accept', 'unreadable', 'not-a-pairing', 'split', 'merge', 'add', 'undo')),
    sha256 TEXT NOT NULL,           -- of the document
    page INTEGER NOT NULL,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    pairing TEXT,                   -- its id at the time
    subject TEXT,                   -- the act that added the row; NULL: the row was read
    field TEXT,                     -- no, level, school, partner, district, partner_district; NULL: the row as a whole
    old TEXT,
    new TEXT,                       -- accept: all six fields as they were confirmed, parted by tabs
    why TEXT,
    target TEXT,                    -- undo: the act that is taken back; that may be an undo
    found TEXT                      -- the row as it was read (or added), in the form of pairings_dump()
) STRICT;
INSERT INTO corrections (act, part, made, who, kind, sha256, page, x, y, w, h, pairing, field, old, new, why)
    SELECT lower(hex(randomblob(16))), 0, made, who, 'set', sha256, page, x, y, w, h, pairing, field, old, new, why
    FROM corrections_1 ORDER BY id;
DROP TABLE corrections_1;
CREATE UNIQUE INDEX corrections_act ON corrections (act, part);
CREATE INDEX corrections_place ON corrections (sha256, page);
CREATE INDEX corrections_deeds ON corrections (id) WHERE kind <> 'undo';

CREATE TRIGGER corrections_kept BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'a correction is never removed; add another that takes it back'); END;
CREATE TRIGGER corrections_unchanged BEFORE UPDATE ON corrections
BEGIN SELECT RAISE(ABORT, 'a correction is never changed; add another'); END;
CREATE TRIGGER corrections_not_replaced BEFORE INSERT ON corrections
WHEN EXISTS (SELECT 1 FROM corrections WHERE id = NEW.id OR (act = NEW.act AND part = NEW.part))
BEGIN SELECT RAISE(ABORT, 'a correction is never replaced; add another'); END;

-- ---- made anew from the above whenever a document is read ----

-- Each row that was read or added, those that a person struck out among them.
CREATE TABLE review (
    pairing TEXT PRIMARY KEY,       -- pairings.id
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('read', 'added', 'kept')), -- kept: corrected once, and not read again
    found TEXT NOT NULL,            -- before any correction, in the form of pairings_dump()
    state TEXT NOT NULL CHECK (state IN
        ('open', 'corrected', 'accepted', 'unreadable', 'not-a-pairing', 'merged', 'added', 'removed', 'conflict')),
    version INTEGER NOT NULL,       -- grows with every change of the row
    hangs INTEGER NOT NULL,         -- rows of the document in which its names stand
    doubt REAL NOT NULL,            -- that something in it is wrong, 0..1
    loss REAL NOT NULL,             -- doubt times hangs: the queue is sorted by it
    queued INTEGER NOT NULL         -- 1: waits for a person
) STRICT;
CREATE INDEX review_queue ON review (loss DESC, pairing, doubt) WHERE queued = 1;
CREATE INDEX review_unreadable ON review (pairing) WHERE state = 'unreadable';
CREATE INDEX review_document ON review (document, position);

-- How each correction fared.
CREATE TABLE replayed (
    correction INTEGER PRIMARY KEY REFERENCES corrections,
    pairing TEXT,                   -- the row it belongs to now; NULL: none
    live INTEGER NOT NULL,          -- 0: taken back
    outcome TEXT NOT NULL CHECK (outcome IN ('applies', 'already right', 'conflict', 'kept', 'waiting', 'undone'))
) STRICT;
CREATE INDEX replayed_pairing ON replayed (pairing);
INSERT INTO replayed SELECT id, NULL, 1, 'waiting' FROM corrections;

-- ---- for reading ----

CREATE VIEW corrected AS
    SELECT c.id, c.made, c.who, f.file, c.page, r.pairing, c.kind, c.field, c.old, c.new, c.why, r.outcome
    FROM corrections c JOIN replayed r ON r.correction = c.id
    LEFT JOIN documents d ON d.sha256 = c.sha256 LEFT JOIN named f ON f.document = d.id
    ORDER BY c.id;
