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


CREATE TABLE "channels" (
    "code" TEXT NOT NULL CONSTRAINT "PK_channels" PRIMARY KEY,
    "provider" TEXT NOT NULL,
    "adapter" TEXT NOT NULL,
    "track" INTEGER NOT NULL,
    "instruments" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "recall" INTEGER NOT NULL,
    "status_query" INTEGER NOT NULL,
    "capacity_per_hour" INTEGER NOT NULL,
    "contract_model" TEXT NOT NULL,
    "gate" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "last_sequence" INTEGER NULL,
    "closed_since" INTEGER NULL,
    "pause_reason" TEXT NULL,
    "held_by" TEXT NULL,
    "ordered_at" INTEGER NOT NULL
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


CREATE TABLE "protocols" (
    "programme" TEXT NOT NULL CONSTRAINT "PK_protocols" PRIMARY KEY,
    "currency" TEXT NOT NULL,
    "reasons" TEXT NOT NULL,
    "proposer_roles" TEXT NOT NULL,
    "quorum" TEXT NOT NULL,
    "proposal_valid_hours" INTEGER NOT NULL,
    "watch_seconds" INTEGER NOT NULL
);


CREATE TABLE "routing_tables" (
    "version" INTEGER NOT NULL CONSTRAINT "PK_routing_tables" PRIMARY KEY,
    "rows" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL
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


CREATE TABLE "switch_counts" (
    "switch_id" TEXT NOT NULL,
    "asked" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "count" TEXT NOT NULL,
    CONSTRAINT "PK_switch_counts" PRIMARY KEY ("switch_id", "asked")
);


CREATE TABLE "switches" (
    "id" TEXT NOT NULL CONSTRAINT "PK_switches" PRIMARY KEY,
    "programme" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "from_channels" TEXT NOT NULL,
    "to_track" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TEXT NULL,
    "return_criteria" TEXT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "quorum" TEXT NOT NULL,
    "watch_seconds" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT NULL,
    "hash" TEXT NULL,
    "list_hash" TEXT NULL,
    "rehearsal" TEXT NULL,
    "asked" INTEGER NOT NULL,
    "asked_for" TEXT NOT NULL,
    "asked_at" INTEGER NULL,
    "ordered_at" INTEGER NULL,
    "snapshot_asked" INTEGER NULL,
    "progress_asked" INTEGER NULL,
    "changed_at" INTEGER NULL,
    "routes_since" INTEGER NULL,
    "routes_ended" INTEGER NULL,
    "version" INTEGER NOT NULL
);


CREATE TABLE "switch_channels" (
    "switch_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "fenced_at" INTEGER NULL,
    "last_sequence" INTEGER NULL,
    "withdrawn" INTEGER NULL,
    "recalls_asked" INTEGER NULL,
    "not_recallable" INTEGER NULL,
    CONSTRAINT "PK_switch_channels" PRIMARY KEY ("switch_id", "channel"),
    CONSTRAINT "FK_switch_channels_switches_switch_id" FOREIGN KEY ("switch_id") REFERENCES "switches" ("id") ON DELETE CASCADE
);


CREATE TABLE "switch_steps" (
    "switch_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT "PK_switch_steps" PRIMARY KEY ("switch_id", "number"),
    CONSTRAINT "FK_switch_steps_switches_switch_id" FOREIGN KEY ("switch_id") REFERENCES "switches" ("id") ON DELETE CASCADE
);


CREATE TABLE "switch_votes" (
    "switch_id" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "approve" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "voided" INTEGER NOT NULL,
    CONSTRAINT "PK_switch_votes" PRIMARY KEY ("switch_id", "user"),
    CONSTRAINT "FK_switch_votes_switches_switch_id" FOREIGN KEY ("switch_id") REFERENCES "switches" ("id") ON DELETE CASCADE
);


CREATE INDEX "IX_outbox_due_at" ON "outbox" ("due_at");


CREATE INDEX "IX_switches_programme_cycle_id" ON "switches" ("programme", "cycle_id");


