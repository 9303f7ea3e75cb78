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
    "trace_parent" TEXT NULL,
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


CREATE INDEX "IX_outbox_destination_due_at" ON "outbox" ("destination", "due_at");


CREATE TABLE "loaves" (
    "number" INTEGER NOT NULL CONSTRAINT "PK_loaves" PRIMARY KEY,
    "for" TEXT NOT NULL,
    "baked_at" INTEGER NOT NULL,
    "day" TEXT NULL,
    "note" TEXT NULL
);


CREATE TABLE "orders" (
    "name" TEXT NOT NULL CONSTRAINT "PK_orders" PRIMARY KEY
);
