CREATE TABLE "approvals" (
    "batch_id" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_approvals" PRIMARY KEY ("batch_id", "step")
);

CREATE TABLE "batches" (
    "id" TEXT NOT NULL CONSTRAINT "PK_batches" PRIMARY KEY,
    "cycle_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "sum_minor" INTEGER NOT NULL,
    "routed" INTEGER NOT NULL,
    "released" INTEGER NOT NULL,
    "content_hash" TEXT NULL,
    "steps_required" INTEGER NOT NULL,
    "composition" TEXT NULL,
    "released_by" TEXT NULL,
    "released_at" INTEGER NULL,
    "ended_by" TEXT NULL,
    "end_reason" TEXT NULL,
    "certificate_hash" TEXT NULL,
    "version" INTEGER NOT NULL
);

CREATE TABLE "cycle_chunks" (
    "cycle_id" TEXT NOT NULL,
    "chunk" INTEGER NOT NULL,
    CONSTRAINT "PK_cycle_chunks" PRIMARY KEY ("cycle_id", "chunk")
);

CREATE TABLE "cycles_in" (
    "id" TEXT NOT NULL CONSTRAINT "PK_cycles_in" PRIMARY KEY,
    "state" TEXT NOT NULL,
    "reason" TEXT NULL,
    "chunks_arrived" INTEGER NOT NULL,
    "count_arrived" INTEGER NOT NULL,
    "sum_arrived_minor" INTEGER NOT NULL,
    "programme" TEXT NULL,
    "period" TEXT NULL,
    "currency" TEXT NULL,
    "chunks_expected" INTEGER NULL,
    "count_expected" INTEGER NULL,
    "sum_expected_minor" INTEGER NULL,
    "hash_expected" TEXT NULL,
    "closed_by" TEXT NULL
);

CREATE TABLE "fund_movements" (
    "id" TEXT NOT NULL CONSTRAINT "PK_fund_movements" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "funding_source" TEXT NOT NULL,
    "batch_id" TEXT NULL,
    "amount_minor" INTEGER NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE TABLE "funds" (
    "programme" TEXT NOT NULL,
    "funding_source" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "deposited_minor" INTEGER NOT NULL,
    "committed_minor" INTEGER NOT NULL,
    CONSTRAINT "PK_funds" PRIMARY KEY ("programme", "funding_source"),
    CONSTRAINT "ck_funds_balance" CHECK (committed_minor >= 0 AND committed_minor <= deposited_minor)
);

CREATE TABLE "incidents" (
    "id" TEXT NOT NULL CONSTRAINT "PK_incidents" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "obligation_id" TEXT NOT NULL,
    "batch_id" TEXT NOT NULL,
    "instruction_id" TEXT NOT NULL,
    "held_instruction_id" TEXT NULL,
    "amount_minor" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "opened_at" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "resolved_by" TEXT NULL,
    "resolved_at" INTEGER NULL
);

CREATE TABLE "instructions" (
    "id" TEXT NOT NULL CONSTRAINT "PK_instructions" PRIMARY KEY,
    "obligation_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "batch_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "settled_minor" INTEGER NOT NULL,
    "channel" TEXT NULL,
    "track" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "why" TEXT NULL,
    "switch_id" TEXT NULL,
    "evidence" TEXT NULL,
    "held_by" TEXT NULL,
    "code" TEXT NULL,
    "grade" TEXT NULL,
    "changed_at" INTEGER NOT NULL
);

CREATE TABLE "moves" (
    "id" TEXT NOT NULL CONSTRAINT "PK_moves" PRIMARY KEY,
    "state" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "channels" TEXT NOT NULL,
    "list_hash" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "started_at" INTEGER NULL,
    "ended_at" INTEGER NULL
);

CREATE TABLE "obligation_claim" (
    "obligation_id" TEXT NOT NULL CONSTRAINT "PK_obligation_claim" PRIMARY KEY,
    "instruction_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL
);

CREATE TABLE "obligations" (
    "id" TEXT NOT NULL CONSTRAINT "PK_obligations" PRIMARY KEY,
    "cycle_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "area" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "payee_fingerprint" TEXT NOT NULL,
    "funding_source" TEXT NOT NULL,
    "batch_id" TEXT NULL,
    "last_planned" INTEGER NOT NULL,
    "last_released" INTEGER NOT NULL,
    "unpaid_reason" TEXT NULL,
    "blocked_by_incident" TEXT NULL,
    "remainder_of" TEXT NULL,
    "left_by_batch" TEXT NULL
);

CREATE TABLE "report_entries" (
    "id" TEXT NOT NULL CONSTRAINT "PK_report_entries" PRIMARY KEY,
    "instruction_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "provider_reference" TEXT NULL,
    "sequence" INTEGER NULL,
    "amount_minor" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "effect" TEXT NOT NULL
);

CREATE UNIQUE INDEX "IX_approvals_batch_id_by" ON "approvals" ("batch_id", "by");

CREATE INDEX "IX_batches_cycle_id" ON "batches" ("cycle_id");

CREATE INDEX "IX_fund_movements_batch_id" ON "fund_movements" ("batch_id");

CREATE INDEX "IX_incidents_batch_id" ON "incidents" ("batch_id");

CREATE INDEX "IX_incidents_held_instruction_id" ON "incidents" ("held_instruction_id");

CREATE INDEX "IX_incidents_obligation_id" ON "incidents" ("obligation_id");

CREATE UNIQUE INDEX "IX_instructions_obligation_id_generation" ON "instructions" ("obligation_id", "generation");

CREATE INDEX "IX_moves_cycle_id" ON "moves" ("cycle_id");

CREATE INDEX "IX_obligations_batch_id_id" ON "obligations" ("batch_id", "id");

CREATE INDEX "IX_obligations_cycle_id_batch_id_id" ON "obligations" ("cycle_id", "batch_id", "id");

CREATE UNIQUE INDEX "IX_obligations_cycle_id_household_id_component" ON "obligations" ("cycle_id", "household_id", "component");

CREATE INDEX "IX_obligations_left_by_batch" ON "obligations" ("left_by_batch") WHERE left_by_batch IS NOT NULL;

CREATE INDEX "ix_obligations_unpaid" ON "obligations" ("batch_id", "id") WHERE unpaid_reason IS NOT NULL;

CREATE INDEX "IX_report_entries_instruction_id" ON "report_entries" ("instruction_id");
