CREATE TABLE "calculation_failures" (
    "cycle_id" TEXT NOT NULL,
    "chunk" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "household_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "PK_calculation_failures" PRIMARY KEY ("cycle_id", "chunk", "row")
);

CREATE TABLE "caseload_parts" (
    "cycle_id" TEXT NOT NULL,
    "chunk" INTEGER NOT NULL,
    CONSTRAINT "PK_caseload_parts" PRIMARY KEY ("cycle_id", "chunk")
);

CREATE TABLE "cycles" (
    "id" TEXT NOT NULL CONSTRAINT "PK_cycles" PRIMARY KEY,
    "programme" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "as_of" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "parameter_version" INTEGER NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "households_expected" INTEGER NULL,
    "households" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "entitlements" INTEGER NOT NULL,
    "sum_minor" INTEGER NOT NULL,
    "hash" TEXT NULL,
    "closed_by" TEXT NULL,
    "closed_at" INTEGER NULL
);

CREATE TABLE "entitlements" (
    "id" TEXT NOT NULL CONSTRAINT "PK_entitlements" PRIMARY KEY,
    "cycle_id" TEXT NOT NULL,
    "household_id" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "area" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "payee_fingerprint" TEXT NOT NULL,
    "funding_source" TEXT NOT NULL,
    "parameter_version" INTEGER NOT NULL,
    "lines" TEXT NOT NULL
);

CREATE TABLE "parameter_sets" (
    "programme" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" INTEGER NOT NULL,
    CONSTRAINT "PK_parameter_sets" PRIMARY KEY ("programme", "version")
);

CREATE TABLE "programmes" (
    "code" TEXT NOT NULL CONSTRAINT "PK_programmes" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL
);

CREATE UNIQUE INDEX "IX_cycles_programme_period" ON "cycles" ("programme", "period") WHERE state <> 'Cancelled';

CREATE UNIQUE INDEX "IX_entitlements_cycle_id_household_id_component" ON "entitlements" ("cycle_id", "household_id", "component");

CREATE INDEX "IX_entitlements_cycle_id_id" ON "entitlements" ("cycle_id", "id");
