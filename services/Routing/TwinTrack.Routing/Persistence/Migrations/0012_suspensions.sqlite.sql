CREATE TABLE "suspensions" (
    "id" TEXT NOT NULL CONSTRAINT "PK_suspensions" PRIMARY KEY,
    "programme" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "track" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "suspended_by" TEXT NOT NULL,
    "suspended_at" INTEGER NOT NULL,
    "ended_by" TEXT NULL,
    "ended_at" INTEGER NULL,
    "end_reason" TEXT NULL
);

CREATE TABLE "suspended_channels" (
    "suspension_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "proved_at" INTEGER NULL,
    "last_sequence" INTEGER NULL,
    "withdrawn" INTEGER NULL,
    "recalls_asked" INTEGER NULL,
    "not_recallable" INTEGER NULL,
    CONSTRAINT "PK_suspended_channels" PRIMARY KEY ("suspension_id", "channel"),
    CONSTRAINT "FK_suspended_channels_suspensions_suspension_id" FOREIGN KEY ("suspension_id") REFERENCES "suspensions" ("id") ON DELETE CASCADE
);

CREATE INDEX "IX_suspensions_programme" ON "suspensions" ("programme");

-- A review is of a pause of a channel, or of a suspension of a track. SQLite changes a column by a new table.
CREATE TABLE "reviews" (
    "id" TEXT NOT NULL CONSTRAINT "PK_pause_reviews" PRIMARY KEY,
    "channel" TEXT NULL,
    "suspension_id" TEXT NULL,
    "paused_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "decided_by" TEXT NULL,
    "decided_at" INTEGER NULL,
    "note" TEXT NULL
);
INSERT INTO "reviews" ("id", "channel", "paused_by", "reason", "opened_at", "due_at", "state", "decided_by", "decided_at", "note")
SELECT "id", "channel", "paused_by", "reason", "opened_at", "due_at", "state", "decided_by", "decided_at", "note"
FROM "pause_reviews";
DROP TABLE "pause_reviews";
ALTER TABLE "reviews" RENAME TO "pause_reviews";
CREATE INDEX "IX_pause_reviews_channel" ON "pause_reviews" ("channel");
CREATE INDEX "IX_pause_reviews_suspension_id" ON "pause_reviews" ("suspension_id");
