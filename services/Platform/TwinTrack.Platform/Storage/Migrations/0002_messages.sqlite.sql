DROP INDEX "IX_outbox_due_at";

CREATE INDEX "IX_outbox_destination_due_at" ON "outbox" ("destination", "due_at");

CREATE TABLE "dead_letters" (
    "message_id" TEXT NOT NULL CONSTRAINT "PK_dead_letters" PRIMARY KEY,
    "queue" TEXT NOT NULL,
    "sender" TEXT NULL,
    "type" TEXT NULL,
    "body" TEXT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "first_at" INTEGER NOT NULL,
    "last_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL
);
