-- Version 13: behind the English sentence of a reason or a finding stands what it was made from, after a char(30),
-- so that dau says it in the reader's language (src/base/phrase.h). Older rows are the sentence alone.

-- What failed, with reasons as they are stored.
CREATE VIEW failed_kept AS
    SELECT path AS file, NULL AS page, code, reason, NULL AS tries, document IS NOT NULL AS kept
    FROM files WHERE code IS NOT NULL
    UNION ALL
    SELECT f.path, NULL, d.code, d.reason, d.tries,
           EXISTS (SELECT 1 FROM pages WHERE document = d.id AND stage IS NOT NULL)
    FROM documents d JOIN files f ON f.document = d.id
    WHERE d.state = 'failed' AND NOT EXISTS (SELECT 1 FROM pages WHERE document = d.id AND state = 'failed')
    UNION ALL
    SELECT f.path, p.number, p.code, p.reason, p.tries, p.stage IS NOT NULL
    FROM pages p JOIN files f ON f.document = p.document
    WHERE p.state = 'failed';

DROP VIEW failed;
CREATE VIEW failed AS
    SELECT file, page, code, substr(reason, 1, instr(reason || char(30), char(30)) - 1) AS reason, tries, kept
    FROM failed_kept;

DROP VIEW found_odd;
CREATE VIEW found_odd AS
    SELECT f.file, c.page, c.kind, substr(c.text, 1, instr(c.text || char(30), char(30)) - 1) AS text,
           c.x, c.y, c.w, c.h
    FROM findings c JOIN named f ON f.document = c.document
    ORDER BY f.file, c.page, c.n;
