-- Version 5: a database may hold one shard of a list; which of several names of a document counts does not depend
-- on the order in which they came, so that databases can be merged.

ALTER TABLE runs ADD COLUMN shard INTEGER;  -- from 1; NULL: the whole list
ALTER TABLE runs ADD COLUMN shards INTEGER; -- of how many

-- The name that sorts first, of those under which each document was found.
DROP VIEW named;
CREATE VIEW named AS
    SELECT document, min(path) AS file FROM files WHERE document IS NOT NULL GROUP BY document;

-- A document of which no page could be read is told once, by its pages.
DROP VIEW failed;
CREATE VIEW failed AS
    SELECT path AS file, NULL AS page, code, reason, NULL AS tries, document IS NOT NULL AS kept
    FROM files WHERE code IS NOT NULL
    UNION ALL
    SELECT f.file, NULL, d.code, d.reason, d.tries,
           EXISTS (SELECT 1 FROM pages WHERE document = d.id AND stage IS NOT NULL)
    FROM documents d JOIN named f ON f.document = d.id
    WHERE d.state = 'failed' AND NOT EXISTS (SELECT 1 FROM pages WHERE document = d.id AND state = 'failed')
    UNION ALL
    SELECT f.file, p.number, p.code, p.reason, p.tries, p.stage IS NOT NULL
    FROM pages p JOIN named f USING (document)
    WHERE p.state = 'failed';
