CREATE TABLE "deliveries" (
    "subscriber_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "tried_at" INTEGER NULL,
    "status" INTEGER NULL,
    "fault" TEXT NULL,
    "latency_ms" INTEGER NULL,
    CONSTRAINT "PK_deliveries" PRIMARY KEY ("subscriber_id", "event_id")
);

CREATE TABLE "subscribers" (
    "id" TEXT NOT NULL CONSTRAINT "PK_subscribers" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "types" TEXT NOT NULL,
    "programme" TEXT NULL,
    "party" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "old_secret" TEXT NULL,
    "old_until" INTEGER NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NULL,
    "failures_in_a_row" INTEGER NOT NULL,
    "backlog" INTEGER NOT NULL,
    "missed" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL
);

CREATE INDEX "IX_deliveries_subscriber_id_created_at" ON "deliveries" ("subscriber_id", "created_at");

CREATE INDEX "ix_deliveries_pending" ON "deliveries" ("subscriber_id", "due_at") WHERE state = 'Pending';

CREATE UNIQUE INDEX "IX_subscribers_name" ON "subscribers" ("name");
