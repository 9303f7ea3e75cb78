CREATE TABLE "areas" (
    "pcode" TEXT NOT NULL CONSTRAINT "PK_areas" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "parent" TEXT NULL
);

CREATE TABLE "caseloads" (
    "cycle_id" TEXT NOT NULL CONSTRAINT "PK_caseloads" PRIMARY KEY,
    "programme" TEXT NOT NULL,
    "as_of" TEXT NOT NULL,
    "requested_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "chunks" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL
);

CREATE TABLE "duplicates" (
    "number" INTEGER NOT NULL CONSTRAINT "PK_duplicates" PRIMARY KEY,
    "id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "household_number" INTEGER NOT NULL,
    "other_number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "found_at" INTEGER NOT NULL,
    "decided_by" TEXT NULL,
    "decided_at" INTEGER NULL
);

CREATE TABLE "enrolment_run_areas" (
    "run_id" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    CONSTRAINT "PK_enrolment_run_areas" PRIMARY KEY ("run_id", "area")
);

CREATE TABLE "enrolment_runs" (
    "id" TEXT NOT NULL CONSTRAINT "PK_enrolment_runs" PRIMARY KEY,
    "programme" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "poverty_score_max_hundredths" INTEGER NULL,
    "last_number" INTEGER NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "considered" INTEGER NOT NULL,
    "enrolled" INTEGER NOT NULL,
    "outside_areas" INTEGER NOT NULL,
    "above_poverty_score" INTEGER NOT NULL,
    "excluded" INTEGER NOT NULL,
    "flagged" INTEGER NOT NULL,
    "already_enrolled" INTEGER NOT NULL
);

CREATE TABLE "enrolments" (
    "programme" TEXT NOT NULL,
    "household_number" INTEGER NOT NULL,
    "household_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "enrolled_at" INTEGER NULL,
    "changed_at" INTEGER NOT NULL,
    CONSTRAINT "PK_enrolments" PRIMARY KEY ("programme", "household_number")
);

CREATE TABLE "households" (
    "number" INTEGER NOT NULL CONSTRAINT "PK_households" PRIMARY KEY,
    "id" TEXT NOT NULL,
    "registry_id" TEXT NOT NULL,
    "import_id" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "area" TEXT NOT NULL,
    "poverty_score_hundredths" INTEGER NOT NULL,
    "registered_on" TEXT NOT NULL,
    "member_count" INTEGER NOT NULL,
    "state" TEXT NOT NULL
);

CREATE TABLE "import_errors" (
    "import_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "PK_import_errors" PRIMARY KEY ("import_id", "number")
);

CREATE TABLE "imports" (
    "id" TEXT NOT NULL CONSTRAINT "PK_imports" PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "imported_by" TEXT NOT NULL,
    "received_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "state" TEXT NOT NULL,
    "next_byte" INTEGER NOT NULL,
    "next_line" INTEGER NOT NULL,
    "first_number" INTEGER NOT NULL,
    "next_number" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "households" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "rows_rejected" INTEGER NOT NULL,
    "duplicates" INTEGER NOT NULL,
    "flagged" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "refusal_code" TEXT NULL,
    "refusal_reason" TEXT NULL,
    "refusal_row" INTEGER NULL
);

CREATE TABLE "instruments" (
    "household_number" INTEGER NOT NULL CONSTRAINT "PK_instruments" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "payee_sealed" TEXT NOT NULL,
    "payee_fingerprint" TEXT NOT NULL,
    "account_fingerprint" TEXT NULL
);

CREATE TABLE "members" (
    "household_number" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name_sealed" TEXT NOT NULL,
    "sex" TEXT NOT NULL,
    "birth_date" TEXT NOT NULL,
    "national_id_fingerprint" TEXT NULL,
    CONSTRAINT "PK_members" PRIMARY KEY ("household_number", "position")
);

CREATE UNIQUE INDEX "IX_duplicates_household_number_reason" ON "duplicates" ("household_number", "reason");

CREATE UNIQUE INDEX "IX_duplicates_id" ON "duplicates" ("id");

CREATE INDEX "IX_enrolments_household_number" ON "enrolments" ("household_number");

CREATE UNIQUE INDEX "IX_households_id" ON "households" ("id");

CREATE UNIQUE INDEX "IX_households_registry_id" ON "households" ("registry_id");

CREATE UNIQUE INDEX "IX_imports_number" ON "imports" ("number");

CREATE UNIQUE INDEX "IX_imports_sha256_attempt" ON "imports" ("sha256", "attempt");

CREATE INDEX "IX_instruments_account_fingerprint_household_number" ON "instruments" ("account_fingerprint", "household_number") WHERE account_fingerprint is not null;

CREATE INDEX "IX_members_national_id_fingerprint_household_number" ON "members" ("national_id_fingerprint", "household_number") WHERE national_id_fingerprint is not null;
