-- Version 14: pairings of those in the schools, which the list and the counts leave out.

-- school; union, party, youth or pioneers: not the schools are twinned, but their trade unions, party cells, youth
-- unions or pioneers.
ALTER TABLE pairings ADD COLUMN kind TEXT NOT NULL DEFAULT 'school';

DROP VIEW list;
CREATE VIEW list AS
    SELECT p.id, f.file, p.page, p.no, p.level, s.name AS school, t.name AS partner, s.district,
           t.district AS partner_district, round(p.prob, 4) AS prob, p.flags, p.rule, p.school_raw, p.partner_raw,
           p.since, p.until, (SELECT count(*) FROM mentions m WHERE m.pairing = p.id) AS mentions
    FROM pairings p
    JOIN named f ON f.document = p.document
    JOIN schools s ON s.id = p.school
    JOIN schools t ON t.id = p.partner
    WHERE p.kind = 'school'
    ORDER BY f.file, p.page, p.position;

CREATE VIEW unions AS
    SELECT p.id, p.kind, f.file, p.page, p.no, p.level, s.name AS school, t.name AS partner, s.district,
           t.district AS partner_district, round(p.prob, 4) AS prob, p.flags, p.rule, p.school_raw, p.partner_raw,
           p.since, p.until
    FROM pairings p
    JOIN named f ON f.document = p.document
    JOIN schools s ON s.id = p.school
    JOIN schools t ON t.id = p.partner
    WHERE p.kind <> 'school'
    ORDER BY f.file, p.page, p.position;

DROP VIEW progress;
CREATE VIEW progress AS
    SELECT f.file, d.kind, d.state, d.pages,
           (SELECT count(*) FROM pages WHERE document = d.id AND state = 'done') AS pages_done,
           (SELECT count(*) FROM pages WHERE document = d.id AND state = 'failed') AS pages_failed,
           (SELECT count(*) FROM pairings p WHERE p.document = d.id AND p.kind = 'school') AS pairings
    FROM documents d JOIN named f ON f.document = d.id
    ORDER BY f.file;
