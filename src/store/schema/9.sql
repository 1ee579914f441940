-- Version 9: what failed, under every name that it has.

DROP VIEW failed;
CREATE VIEW failed AS
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
