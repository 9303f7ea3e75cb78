ALTER TABLE channels ADD COLUMN validity_hours integer NOT NULL DEFAULT 240;
