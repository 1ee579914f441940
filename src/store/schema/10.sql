-- Version 10: what corrections taught (dau learn), for the next run.

CREATE TABLE learnt (
    id INTEGER PRIMARY KEY,
    lesson INTEGER NOT NULL,        -- one call of dau learn; the last one that stands is what --undo takes back
    made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    kind TEXT NOT NULL CHECK (kind IN ('school', 'word')), -- an entry of the registry; of the dictionary
    name TEXT NOT NULL,             -- without the number at its end
    district TEXT,
    times INTEGER NOT NULL,         -- that people confirmed it
    live INTEGER NOT NULL DEFAULT 1 -- 0: taken back
) STRICT;
CREATE UNIQUE INDEX learnt_once ON learnt (kind, name, coalesce(district, '')) WHERE live = 1;
