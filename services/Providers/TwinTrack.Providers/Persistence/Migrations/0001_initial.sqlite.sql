CREATE TABLE "answers" (
    "id" TEXT NOT NULL CONSTRAINT "PK_answers" PRIMARY KEY,
    "instruction_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "provider_reference" TEXT NULL,
    "amount_minor" INTEGER NOT NULL,
    "contradiction" INTEGER NOT NULL,
    "evidence_id" TEXT NULL,
    "at" INTEGER NOT NULL
);

CREATE TABLE "connections" (
    "channel" TEXT NOT NULL CONSTRAINT "PK_connections" PRIMARY KEY,
    "sealed" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL
);

CREATE TABLE "evidence" (
    "id" TEXT NOT NULL CONSTRAINT "PK_evidence" PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "path" TEXT NULL,
    "body" BLOB NULL,
    "headers" TEXT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NULL,
    "times_seen" INTEGER NOT NULL,
    "unmatched" INTEGER NOT NULL,
    "received_at" INTEGER NOT NULL
);

CREATE TABLE "gates" (
    "channel" TEXT NOT NULL CONSTRAINT "PK_gates" PRIMARY KEY,
    "provider" TEXT NOT NULL,
    "adapter" TEXT NOT NULL,
    "track" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "open" INTEGER NOT NULL,
    "last_sequence" INTEGER NOT NULL,
    "closed_at" INTEGER NULL
);

CREATE TABLE "holds" (
    "instruction_id" TEXT NOT NULL CONSTRAINT "PK_holds" PRIMARY KEY,
    "incident_id" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE TABLE "journal" (
    "channel" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "instruction_id" TEXT NOT NULL,
    "unit_reference" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_journal" PRIMARY KEY ("channel", "sequence")
);

CREATE TABLE "payees" (
    "household_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    CONSTRAINT "PK_payees" PRIMARY KEY ("household_id", "fingerprint")
);

CREATE TABLE "queue" (
    "instruction_id" TEXT NOT NULL CONSTRAINT "PK_queue" PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "arrival" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "programme" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "due_at" INTEGER NOT NULL
);

CREATE TABLE "recalls" (
    "instruction_id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "unit_reference" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_recalls" PRIMARY KEY ("instruction_id", "cause")
);

CREATE TABLE "statement_lines" (
    "statement_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "instruction_id" TEXT NULL,
    "reference" TEXT NULL,
    "returned" INTEGER NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "booked_on" TEXT NOT NULL,
    "provider_reference" TEXT NULL,
    CONSTRAINT "PK_statement_lines" PRIMARY KEY ("statement_id", "place")
);

CREATE TABLE "statements" (
    "id" TEXT NOT NULL CONSTRAINT "PK_statements" PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "evidence_id" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "final" INTEGER NOT NULL,
    "covers_from" INTEGER NOT NULL,
    "covers_until" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "paid_minor" INTEGER NOT NULL,
    "returned_minor" INTEGER NOT NULL,
    "lines_applied" INTEGER NOT NULL,
    "unmatched_lines" INTEGER NOT NULL,
    "expired_absent" INTEGER NOT NULL,
    "imported_by" TEXT NOT NULL,
    "imported_at" INTEGER NOT NULL
);

CREATE TABLE "submissions" (
    "instruction_id" TEXT NOT NULL CONSTRAINT "PK_submissions" PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "batch_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "obligation_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "unit_reference" TEXT NULL,
    "sequence" INTEGER NULL,
    "code" TEXT NULL,
    "ordered_at" INTEGER NOT NULL,
    "sent_at" INTEGER NULL,
    "recall_requested_at" INTEGER NULL
);

CREATE TABLE "units" (
    "reference" TEXT NOT NULL CONSTRAINT "PK_units" PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "callback_token" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "orders" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "open" INTEGER NOT NULL,
    "doubted" INTEGER NOT NULL,
    "asked_at" INTEGER NOT NULL
);

CREATE TABLE "unmatched" (
    "channel" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "evidence_id" TEXT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_unmatched" PRIMARY KEY ("channel", "reference", "outcome")
);

CREATE INDEX "IX_answers_instruction_id" ON "answers" ("instruction_id");

CREATE UNIQUE INDEX "IX_evidence_channel_identity" ON "evidence" ("channel", "identity");

CREATE INDEX "IX_evidence_channel_received_at" ON "evidence" ("channel", "received_at");

CREATE UNIQUE INDEX "IX_journal_instruction_id" ON "journal" ("instruction_id");

CREATE INDEX "IX_queue_channel_epoch_arrival" ON "queue" ("channel", "epoch", "arrival");

CREATE INDEX "IX_statement_lines_statement_id_instruction_id" ON "statement_lines" ("statement_id", "instruction_id");

CREATE UNIQUE INDEX "IX_statements_channel_sha256" ON "statements" ("channel", "sha256");

CREATE INDEX "IX_submissions_obligation_id" ON "submissions" ("obligation_id");

CREATE INDEX "IX_submissions_unit_reference" ON "submissions" ("unit_reference");

CREATE UNIQUE INDEX "IX_units_callback_token" ON "units" ("callback_token");

CREATE INDEX "IX_units_channel_open_asked_at" ON "units" ("channel", "open", "asked_at");
