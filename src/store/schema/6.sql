-- Version 6: search without marks over all that was read.

-- A row a block of text and a row a cell: its text in lower case, without marks. rowid: page << 20, plus 524288 (1 << 19) for a
-- cell, plus n.
CREATE VIRTUAL TABLE search USING fts5 (key, tokenize = 'ascii');

INSERT INTO search (rowid, key)
    SELECT id, fold(group_concat(t, ' ')) FROM (
        SELECT (g.page << 20) + g.bit + g.n AS id, coalesce(w.text, w.raw) AS t
        FROM (SELECT page, 0 AS bit, n, first_line, lines FROM blocks WHERE kind = 'text'
              UNION ALL SELECT page, 524288, n, first_line, lines FROM cells) g
        JOIN lines l ON l.page = g.page AND l.n >= g.first_line AND l.n < g.first_line + g.lines
        JOIN words w ON w.page = g.page AND w.n >= l.first_word AND w.n < l.first_word + l.words
        ORDER BY id, w.n)
    GROUP BY id;
