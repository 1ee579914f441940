-- Version 2: pages know what they were read with apart from what they were restored with, so that a new
-- dictionary does not ask for them to be read again. Of a failed page the older result, if there was one,
-- stays: `stage` says so.

ALTER TABLE pages ADD COLUMN read_key TEXT; -- what load to ocr depend on besides the bytes; NULL: to be read

DROP VIEW failed;
CREATE VIEW failed AS
    SELECT path AS file, NULL AS page, code, reason, NULL AS tries, document IS NOT NULL AS kept
    FROM files WHERE code IS NOT NULL
    UNION ALL
    SELECT f.file, NULL, d.code, d.reason, d.tries,
           EXISTS (SELECT 1 FROM pages WHERE document = d.id AND stage IS NOT NULL)
    FROM documents d JOIN named f ON f.document = d.id
    WHERE d.state = 'failed'
    UNION ALL
    SELECT f.file, p.number, p.code, p.reason, p.tries, p.stage IS NOT NULL
    FROM pages p JOIN named f USING (document)
    WHERE p.state = 'failed';
