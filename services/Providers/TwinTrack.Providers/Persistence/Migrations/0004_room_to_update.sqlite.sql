-- SQLite updates a row in place: there is nothing to set.
SELECT 1;
