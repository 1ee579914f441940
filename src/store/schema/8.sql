-- Version 8: what documents say of themselves, and how long a pairing holds.

ALTER TABLE pairings ADD COLUMN since TEXT; -- ISO 8601: a year, month or day; NULL: nothing says
ALTER TABLE pairings ADD COLUMN until TEXT; -- the last one included

-- Where else a pairing is said, besides the place in pairings.
CREATE TABLE mentions (
    pairing TEXT NOT NULL REFERENCES pairings ON DELETE CASCADE,
    n INTEGER NOT NULL,             -- from 1
    page INTEGER,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    first_word INTEGER NOT NULL, words INTEGER NOT NULL,
    PRIMARY KEY (pairing, n)
) STRICT, WITHOUT ROWID;

-- Kind, number, date, issuer ... of a document, a value a row, each with the place it was read from. Replaced
-- together with the document's pairings.
CREATE TABLE facts (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n INTEGER NOT NULL,             -- from 1
    kind TEXT NOT NULL,             -- number, date, issuer, basis_number, signer ...
    item INTEGER NOT NULL,          -- 0: of the document; from 1: of its issuer, legal basis, signer, recipient
    value TEXT NOT NULL,            -- dates in ISO 8601
    raw TEXT,                       -- as the engine read it
    prob REAL NOT NULL,             -- that value is right, 0..1
    page INTEGER,
    x INTEGER NOT NULL, y INTEGER NOT NULL, w INTEGER NOT NULL, h INTEGER NOT NULL,
    first_word INTEGER NOT NULL, words INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX facts_value ON facts (kind, value);

-- ---- for reading ----

-- A document a row.
CREATE VIEW document_list AS
    SELECT f.file,
           max(a.value) FILTER (WHERE a.kind = 'kind') AS kind,
           max(a.value) FILTER (WHERE a.kind = 'number') AS number,
           max(a.value) FILTER (WHERE a.kind = 'date') AS date,
           max(a.value) FILTER (WHERE a.kind = 'place') AS place,
           max(a.value) FILTER (WHERE a.kind = 'issuer' AND a.item = 1) AS issuer,
           max(a.value) FILTER (WHERE a.kind = 'superior' AND a.item = 1) AS superior,
           max(a.value) FILTER (WHERE a.kind = 'issuer' AND a.item = 2) AS second_issuer,
           max(a.value) FILTER (WHERE a.kind = 'title') AS title,
           max(a.value) FILTER (WHERE a.kind = 'school_years') AS school_years,
           max(a.value) FILTER (WHERE a.kind = 'since') AS since,
           max(a.value) FILTER (WHERE a.kind = 'until') AS until,
           max(a.value) FILTER (WHERE a.kind = 'signer' AND a.item = 1) AS signer,
           max(a.value) FILTER (WHERE a.kind = 'signer_office' AND a.item = 1) AS signer_office,
           a.document
    FROM facts a JOIN named f ON f.document = a.document
    GROUP BY a.document ORDER BY f.file;

CREATE VIEW legal_bases AS
    SELECT f.file, a.item,
           max(a.value) FILTER (WHERE a.kind = 'basis_kind') AS kind,
           max(a.value) FILTER (WHERE a.kind = 'basis_number') AS number,
           max(a.value) FILTER (WHERE a.kind = 'basis_date') AS date,
           max(a.value) FILTER (WHERE a.kind = 'basis_issuer') AS issuer,
           max(a.value) FILTER (WHERE a.kind = 'basis') AS text,
           min(a.prob) AS prob, min(a.page) AS page
    FROM facts a JOIN named f ON f.document = a.document
    WHERE a.kind IN ('basis', 'basis_kind', 'basis_number', 'basis_date', 'basis_issuer')
    GROUP BY a.document, a.item ORDER BY f.file, a.item;

CREATE VIEW signers AS
    SELECT f.file, a.item,
           max(a.value) FILTER (WHERE a.kind = 'signer') AS signer,
           max(a.value) FILTER (WHERE a.kind = 'signer_office') AS office,
           max(a.value) FILTER (WHERE a.kind = 'signer_for') AS signed_for,
           max(a.value) FILTER (WHERE a.kind = 'signer_of') AS organisation,
           max(a.prob) FILTER (WHERE a.kind = 'signer') AS prob, min(a.page) AS page
    FROM facts a JOIN named f ON f.document = a.document
    WHERE a.kind IN ('signer', 'signer_office', 'signer_for', 'signer_of')
    GROUP BY a.document, a.item ORDER BY f.file, a.item;

CREATE VIEW recipients AS
    SELECT f.file, a.item, a.value AS recipient, a.prob, a.page
    FROM facts a JOIN named f ON f.document = a.document
    WHERE a.kind = 'recipient' ORDER BY f.file, a.item;

DROP VIEW list;
CREATE VIEW list AS
    SELECT p.id, f.file, p.page, p.no, p.level, s.name AS school, t.name AS partner, s.district,
           t.district AS partner_district, round(p.prob, 4) AS prob, p.flags, p.rule, p.school_raw, p.partner_raw,
           p.since, p.until, (SELECT count(*) FROM mentions m WHERE m.pairing = p.id) AS mentions
    FROM pairings p
    JOIN named f ON f.document = p.document
    JOIN schools s ON s.id = p.school
    JOIN schools t ON t.id = p.partner
    ORDER BY f.file, p.page, p.position;
