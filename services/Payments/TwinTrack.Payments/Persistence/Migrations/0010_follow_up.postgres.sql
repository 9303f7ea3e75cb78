ALTER TABLE batches ADD COLUMN follows_up uuid;
ALTER TABLE batches ADD COLUMN follow_up_selection text;
ALTER TABLE batches ADD COLUMN followed_count bigint NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN followed_minor bigint NOT NULL DEFAULT 0;
