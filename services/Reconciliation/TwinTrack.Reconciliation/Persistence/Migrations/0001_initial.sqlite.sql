CREATE TABLE "applied_moves" (
    "instruction_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "PK_applied_moves" PRIMARY KEY ("instruction_id", "version")
);

CREATE TABLE "batches" (
    "id" TEXT NOT NULL CONSTRAINT "PK_batches" PRIMARY KEY,
    "cycle_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "sum_minor" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "released_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "certificate" TEXT NULL,
    "certificate_hash" TEXT NULL,
    "certified_by" TEXT NULL,
    "certified_at" INTEGER NULL
);

CREATE TABLE "breaks" (
    "id" TEXT NOT NULL CONSTRAINT "PK_breaks" PRIMARY KEY,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "batch_id" TEXT NULL,
    "instruction_id" TEXT NULL,
    "obligation_id" TEXT NULL,
    "channel" TEXT NOT NULL,
    "statement_id" TEXT NULL,
    "line" INTEGER NULL,
    "expected_minor" INTEGER NULL,
    "found_minor" INTEGER NULL,
    "currency" TEXT NOT NULL,
    "opened_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "proposed_by" TEXT NULL,
    "closed_by" TEXT NULL,
    "closed_at" INTEGER NULL,
    "note" TEXT NULL
);

CREATE TABLE "expectations" (
    "instruction_id" TEXT NOT NULL CONSTRAINT "PK_expectations" PRIMARY KEY,
    "obligation_id" TEXT NOT NULL,
    "batch_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "track" INTEGER NOT NULL,
    "funding_source" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "ordered_minor" INTEGER NULL,
    "delivered_minor" INTEGER NULL,
    "settled_from_flight" INTEGER NOT NULL,
    "settled_at" INTEGER NULL
);

CREATE TABLE "funds_movements" (
    "movement_id" TEXT NOT NULL CONSTRAINT "PK_funds_movements" PRIMARY KEY,
    "at" INTEGER NOT NULL
);

CREATE TABLE "ledger_entries" (
    "transaction_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "batch_id" TEXT NULL,
    CONSTRAINT "PK_ledger_entries" PRIMARY KEY ("transaction_id", "line")
);

CREATE TABLE "ledger_transactions" (
    "id" TEXT NOT NULL CONSTRAINT "PK_ledger_transactions" PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "batch_id" TEXT NULL,
    "currency" TEXT NOT NULL,
    "count" INTEGER NOT NULL
);

CREATE TABLE "statement_lines" (
    "statement_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "instruction_id" TEXT NULL,
    "kind" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "booked_on" TEXT NOT NULL,
    "provider_reference" TEXT NULL,
    "verdict" TEXT NOT NULL,
    CONSTRAINT "PK_statement_lines" PRIMARY KEY ("statement_id", "line")
);

CREATE TABLE "statement_parts" (
    "statement_id" TEXT NOT NULL,
    "chunk" INTEGER NOT NULL,
    CONSTRAINT "PK_statement_parts" PRIMARY KEY ("statement_id", "chunk")
);

CREATE TABLE "statements" (
    "id" TEXT NOT NULL CONSTRAINT "PK_statements" PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "received_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "chunks" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "paid_minor" INTEGER NOT NULL,
    "returned_minor" INTEGER NOT NULL,
    "chunks_expected" INTEGER NULL,
    "lines_expected" INTEGER NULL,
    "paid_expected_minor" INTEGER NULL,
    "returned_expected_minor" INTEGER NULL,
    "currency" TEXT NULL,
    "final" INTEGER NOT NULL,
    "covers_until" INTEGER NULL,
    "sha256" TEXT NULL,
    "imported_by" TEXT NULL,
    "refusal" TEXT NULL
);

CREATE INDEX "IX_breaks_batch_id" ON "breaks" ("batch_id");

CREATE INDEX "IX_breaks_instruction_id" ON "breaks" ("instruction_id");

CREATE UNIQUE INDEX "IX_breaks_key" ON "breaks" ("key");

CREATE INDEX "IX_expectations_batch_id_obligation_id" ON "expectations" ("batch_id", "obligation_id");

CREATE INDEX "IX_ledger_entries_batch_id" ON "ledger_entries" ("batch_id");

CREATE INDEX "IX_statement_lines_instruction_id" ON "statement_lines" ("instruction_id");
