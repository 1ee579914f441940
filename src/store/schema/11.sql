-- Version 11: what is known of a word besides its letters.

ALTER TABLE words ADD COLUMN marks INTEGER NOT NULL DEFAULT 0; -- 1: red ink lay over it, 2: blue, 4: the second look read something else
