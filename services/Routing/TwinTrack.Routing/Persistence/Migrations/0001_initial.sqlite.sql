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

CREATE INDEX "IX_switches_programme_cycle_id" ON "switches" ("programme", "cycle_id");
