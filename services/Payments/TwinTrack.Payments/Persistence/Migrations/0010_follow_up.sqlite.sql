ALTER TABLE "batches" ADD COLUMN "follows_up" TEXT NULL;
ALTER TABLE "batches" ADD COLUMN "follow_up_selection" TEXT NULL;
ALTER TABLE "batches" ADD COLUMN "followed_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "batches" ADD COLUMN "followed_minor" INTEGER NOT NULL DEFAULT 0;
