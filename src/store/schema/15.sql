-- Version 15: what a person says of the columns of a list, and the lists of their own that were used last.

ALTER TABLE documents ADD COLUMN columns TEXT; -- dau run --columns, from left to right: 'no,school,partner'; NULL: nothing is said

CREATE TABLE settings (
    name TEXT PRIMARY KEY,          -- 'words', 'schools': the options of dau run
    value TEXT NOT NULL             -- the file, as it was named
) STRICT;
