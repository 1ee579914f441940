-- Version 12: dau learn keeps what was read, too, for what an engine makes of letters.

DROP INDEX learnt_once;
ALTER TABLE learnt RENAME TO learnt_before;
CREATE TABLE learnt (
    id INTEGER PRIMARY KEY,
    lesson INTEGER NOT NULL,        -- one call of dau learn; the last one that stands is what --undo takes back
    made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    kind TEXT NOT NULL CHECK (kind IN
        ('school', 'word',          -- an entry of the registry; of the dictionary
         'eng', 'vie')),            -- a name as an engine without Vietnamese, or with it, read it
    name TEXT NOT NULL,             -- without the number at its end; of eng and vie, with it
    district TEXT,
    read TEXT,                      -- eng, vie: what was read
    times INTEGER NOT NULL,         -- that people confirmed it
    live INTEGER NOT NULL DEFAULT 1 -- 0: taken back
) STRICT;
INSERT INTO learnt (id, lesson, made, kind, name, district, times, live)
    SELECT id, lesson, made, kind, name, district, times, live FROM learnt_before;
DROP TABLE learnt_before;
CREATE UNIQUE INDEX learnt_once ON learnt (kind, name, coalesce(district, ''), coalesce(read, '')) WHERE live = 1;
