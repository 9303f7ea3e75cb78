CREATE TABLE "audit" (
    "sequence" INTEGER NOT NULL CONSTRAINT "PK_audit" PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

CREATE TABLE "inbox" (
    "message_id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "handled_at" INTEGER NOT NULL,
    CONSTRAINT "PK_inbox" PRIMARY KEY ("message_id", "consumer")
);

CREATE TABLE "jobs" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "cursor" TEXT NULL,
    "arguments" TEXT NULL,
    "done" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" INTEGER NOT NULL,
    "lease_owner" TEXT NULL,
    "error" TEXT NULL,
    "attempts" INTEGER NOT NULL,
    "wakes" INTEGER NOT NULL,
    CONSTRAINT "PK_jobs" PRIMARY KEY ("kind", "subject")
);

CREATE TABLE "outbox" (
    "message_id" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "trace_parent" TEXT NULL,
    "due_at" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    CONSTRAINT "PK_outbox" PRIMARY KEY ("message_id", "destination")
);

CREATE TABLE "stored_answers" (
    "key" TEXT NOT NULL CONSTRAINT "PK_stored_answers" PRIMARY KEY,
    "fingerprint" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "content_type" TEXT NULL,
    "location" TEXT NULL,
    "body" BLOB NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE INDEX "IX_outbox_due_at" ON "outbox" ("due_at");
