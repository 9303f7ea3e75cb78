CREATE TABLE "ceiling_counters" (
    "counter" TEXT NOT NULL CONSTRAINT "PK_ceiling_counters" PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "amount_minor" INTEGER NOT NULL
);

CREATE TABLE "ceiling_takes" (
    "obligation_id" TEXT NOT NULL CONSTRAINT "PK_ceiling_takes" PRIMARY KEY,
    "instruction_id" TEXT NOT NULL,
    "table_row" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL
);

CREATE TABLE "rules" (
    "number" INTEGER NOT NULL CONSTRAINT "PK_rules" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "ended" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE UNIQUE INDEX "IX_rules_kind_rule_id_version" ON "rules" ("kind", "rule_id", "version");

ALTER TABLE "channels" ADD COLUMN "hours" TEXT NULL;

ALTER TABLE "switches" ADD COLUMN "pilot_percent" INTEGER NULL;
