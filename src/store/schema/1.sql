-- The database of dau, version 1 (SQLite 3.37 or later). What later versions add stands in the other .sql files.
--
--   files ──► documents ──► pages ──► blocks, tables, cells, lines, words
--                  └──────► pairings ──► schools
--
-- Boxes stand in columns x y w h: pixels of the page as scanned, origin top left; on a page of text from a
-- file, characters and lines from 0. ux uy uw uh: the same on the page set upright and straight. n counts from 0
-- within a page and is what first_word, first_line ... point to. Times are UTC. key: SHA-256 over program version, models
-- and options, what a result depends on besides the bytes of the file. code: an exit code of dau.

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,                     -- NULL: still running, or killed
    version TEXT NOT NULL,          -- of dau
    key TEXT NOT NULL,
    files INTEGER NOT NULL,         -- that the call named
    pages_done INTEGER NOT NULL DEFAULT 0,
    pages_failed INTEGER NOT NULL DEFAULT 0,
    code INTEGER
) STRICT;

-- What was read, one row for the same bytes whatever their names. The ledger of documents.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,          -- bytes
    kind TEXT,                      -- pdf, tiff, png, docx, text ...; NULL until it was opened
    pages INTEGER,                  -- NULL until it was opened
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'partly', 'failed')),
    key TEXT,                       -- of the pairings
    tries INTEGER NOT NULL DEFAULT 0,
    code INTEGER,                   -- why it failed
    reason TEXT
) STRICT;

-- Where documents were found. Size and times let a later run know a file without reading it.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,      -- as the call named it, or the folder's name, '/' and the name in it
    absolute TEXT,                  -- the same from the root
    document INTEGER REFERENCES documents, -- NULL: it could never be read
    size INTEGER, mtime INTEGER, ctime INTEGER, -- bytes; nanoseconds since 1970
    seen INTEGER,                   -- when sha256 was taken, nanoseconds since 1970
    code INTEGER,                   -- why it could not be read the last time
    reason TEXT
) STRICT;
CREATE INDEX files_document ON files (document);

-- The ledger of pages, and what each stage found of the page as a whole.
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'started', 'done', 'failed')),
    key TEXT,                       -- of the result; NULL: none yet
    tries INTEGER NOT NULL DEFAULT 0,
    code INTEGER,                   -- why it failed
    reason TEXT,
    stage TEXT,                     -- the last stage that was done; NULL: there is no result
    unit TEXT CHECK (unit IN ('pixel', 'character')),
    width INTEGER, height INTEGER,  -- as scanned
    dpi INTEGER,                    -- pixels an inch; 0 for text
    via TEXT,                       -- image, render, text layer, text ...: how the page was come by, and why
    turned INTEGER,                 -- clockwise quarter turn that sets it upright, degrees
    skew REAL,                      -- clockwise degrees undone after the turn
    upright_width INTEGER, upright_height INTEGER,
    xx REAL, xy REAL, x0 REAL,      -- from upright to as scanned: x' = xx x + xy y + x0
    yx REAL, yy REAL, y0 REAL,      --                             y' = yx x + yy y + y0
    UNIQUE (document, number)
) STRICT;

CREATE TABLE blocks (
    page INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'table', 'picture')),
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    ux INTEGER NOT NULL, uy INTEGER NOT NULL, uw INTEGER NOT NULL, uh INTEGER NOT NULL,
    col INTEGER NOT NULL,           -- 0: one column here; 1, 2 ... from the left
    first_line INTEGER NOT NULL, lines INTEGER NOT NULL,
    table_n INTEGER NOT NULL,       -- -1: none
    PRIMARY KEY (page, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE tables (
    page INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ruled', 'partly-ruled', 'unruled')),
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    ux INTEGER NOT NULL, uy INTEGER NOT NULL, uw INTEGER NOT NULL, uh INTEGER NOT NULL,
    rows INTEGER NOT NULL, cols INTEGER NOT NULL,
    first_cell INTEGER NOT NULL, cells INTEGER NOT NULL,
    open_top INTEGER NOT NULL, open_bottom INTEGER NOT NULL, -- 1: no rule there, a row may go on
    PRIMARY KEY (page, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE cells (
    page INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    n INTEGER NOT NULL,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    ux INTEGER NOT NULL, uy INTEGER NOT NULL, uw INTEGER NOT NULL, uh INTEGER NOT NULL,
    row INTEGER NOT NULL, col INTEGER NOT NULL,
    rowspan INTEGER NOT NULL, colspan INTEGER NOT NULL,
    blank INTEGER NOT NULL,         -- 1: no ink inside
    first_line INTEGER NOT NULL, lines INTEGER NOT NULL,
    PRIMARY KEY (page, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE lines (
    page INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    n INTEGER NOT NULL,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    ux INTEGER NOT NULL, uy INTEGER NOT NULL, uw INTEGER NOT NULL, uh INTEGER NOT NULL,
    first_word INTEGER NOT NULL, words INTEGER NOT NULL,
    PRIMARY KEY (page, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE words (
    page INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    n INTEGER NOT NULL,
    raw TEXT NOT NULL,              -- as read; never changed
    text TEXT,                      -- the reading chosen; '' when joined to the word before
    conf REAL NOT NULL,             -- the engine's own, 0..1
    prob REAL NOT NULL,             -- that text is right, 0..1
    origin TEXT NOT NULL,           -- who settled text
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    ux INTEGER NOT NULL, uy INTEGER NOT NULL, uw INTEGER NOT NULL, uh INTEGER NOT NULL,
    choices TEXT,                   -- what the engine thought of: [["Mam",-1.5], ...], natural log probability
    alts TEXT,                      -- what restore thought of, the same way
    PRIMARY KEY (page, n)
) STRICT, WITHOUT ROWID;

-- Each school named in a pairing, once a spelling.
CREATE TABLE schools (
    id INTEGER PRIMARY KEY,
    level TEXT,                     -- MN, TH, THCS ...; NULL: not known
    name TEXT NOT NULL,             -- without the words of its level
    district TEXT,
    registry TEXT,                  -- id in the list of schools
    key TEXT NOT NULL               -- the name without marks, lower case: what to search in ("nguyen trai")
) STRICT;
CREATE UNIQUE INDEX schools_same
    ON schools (name, coalesce(level, ''), coalesce(district, ''), coalesce(registry, ''));
CREATE INDEX schools_key ON schools (key);

-- One school twinned with one school. Page, box and words of the row, and of each name.
CREATE TABLE pairings (
    id TEXT PRIMARY KEY,            -- first 12 digits of the document's sha256, '-', position
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- in the document, from 1
    no TEXT,                        -- ordinal as printed
    level TEXT,
    school INTEGER NOT NULL REFERENCES schools,
    partner INTEGER NOT NULL REFERENCES schools,
    prob REAL NOT NULL,             -- that names, level and joining are right, 0..1
    rule TEXT,                      -- why these two
    flags TEXT NOT NULL,            -- what a check found, words parted by blanks
    page INTEGER,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    first_word INTEGER NOT NULL, words INTEGER NOT NULL,
    school_raw TEXT, school_prob REAL NOT NULL, school_page INTEGER,
    school_x INTEGER NOT NULL, school_y INTEGER NOT NULL, school_w INTEGER NOT NULL, school_h INTEGER NOT NULL,
    school_first_word INTEGER NOT NULL, school_words INTEGER NOT NULL,
    partner_raw TEXT, partner_prob REAL NOT NULL, partner_page INTEGER,
    partner_x INTEGER NOT NULL, partner_y INTEGER NOT NULL, partner_w INTEGER NOT NULL, partner_h INTEGER NOT NULL,
    partner_first_word INTEGER NOT NULL, partner_words INTEGER NOT NULL,
    UNIQUE (document, position),
    FOREIGN KEY (document, page) REFERENCES pages (document, number),
    FOREIGN KEY (document, school_page) REFERENCES pages (document, number),
    FOREIGN KEY (document, partner_page) REFERENCES pages (document, number)
) STRICT;
CREATE INDEX pairings_school ON pairings (school);
CREATE INDEX pairings_partner ON pairings (partner);

CREATE TRIGGER pairings_gone AFTER DELETE ON pairings
BEGIN
    DELETE FROM schools WHERE id IN (OLD.school, OLD.partner)
        AND NOT EXISTS (SELECT 1 FROM pairings WHERE school = schools.id)
        AND NOT EXISTS (SELECT 1 FROM pairings WHERE partner = schools.id);
END;

-- What a person said. Append-only; a correction names its evidence, not a row that the next run replaces.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    who TEXT NOT NULL,
    sha256 TEXT NOT NULL,           -- of the document
    page INTEGER NOT NULL,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    pairing TEXT,                   -- its id at the time
    field TEXT NOT NULL,            -- school, partner, level, no, district, ...
    old TEXT,
    new TEXT,
    why TEXT
) STRICT;
CREATE INDEX corrections_place ON corrections (sha256, page);

CREATE TRIGGER corrections_kept BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'a correction is never removed; add another that takes it back'); END;
CREATE TRIGGER corrections_unchanged BEFORE UPDATE ON corrections
BEGIN SELECT RAISE(ABORT, 'a correction is never changed; add another'); END;
CREATE TRIGGER corrections_not_replaced BEFORE INSERT ON corrections
WHEN EXISTS (SELECT 1 FROM corrections WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a correction is never replaced; add another'); END;

-- ---- for reading ----

-- The first name under which each document that still has one was found (later: the one that sorts first).
CREATE VIEW named AS
    SELECT document, path AS file FROM files
    WHERE id IN (SELECT min(id) FROM files WHERE document IS NOT NULL GROUP BY document);

CREATE VIEW list AS
    SELECT p.id, f.file, p.page, p.no, p.level, s.name AS school, t.name AS partner, s.district,
           t.district AS partner_district, round(p.prob, 4) AS prob, p.flags, p.rule, p.school_raw, p.partner_raw
    FROM pairings p
    JOIN named f ON f.document = p.document
    JOIN schools s ON s.id = p.school
    JOIN schools t ON t.id = p.partner
    ORDER BY f.file, p.page, p.position;

CREATE VIEW failed AS
    SELECT path AS file, NULL AS page, code, reason, NULL AS tries FROM files WHERE code IS NOT NULL
    UNION ALL
    SELECT f.file, NULL, d.code, d.reason, d.tries FROM documents d JOIN named f ON f.document = d.id
    WHERE d.state = 'failed'
    UNION ALL
    SELECT f.file, p.number, p.code, p.reason, p.tries FROM pages p JOIN named f USING (document)
    WHERE p.state = 'failed';

CREATE VIEW progress AS
    SELECT f.file, d.kind, d.state, d.pages,
           (SELECT count(*) FROM pages WHERE document = d.id AND state = 'done') AS pages_done,
           (SELECT count(*) FROM pages WHERE document = d.id AND state = 'failed') AS pages_failed,
           (SELECT count(*) FROM pairings WHERE document = d.id) AS pairings
    FROM documents d JOIN named f ON f.document = d.id
    ORDER BY f.file;

CREATE VIEW text AS
    SELECT f.file, p.number AS page, l.n AS line,
           (SELECT group_concat(t, ' ') FROM
               (SELECT coalesce(text, raw) AS t FROM words w
                WHERE w.page = l.page AND w.n >= l.first_word AND w.n < l.first_word + l.words
                  AND coalesce(text, raw) <> '' ORDER BY w.n)) AS text,
           l.x, l.y, l.w, l.h
    FROM lines l JOIN pages p ON p.id = l.page JOIN named f USING (document)
    ORDER BY f.file, p.number, l.n;
