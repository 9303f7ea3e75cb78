ALTER TABLE "instructions" ADD COLUMN "forced_by" TEXT NULL;

CREATE TABLE "forced_moves" (
    "id" TEXT NOT NULL CONSTRAINT "PK_forced_moves" PRIMARY KEY,
    "state" TEXT NOT NULL,
    "switch_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "list_hash" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "sum_minor" INTEGER NOT NULL,
    "bearer" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" INTEGER NOT NULL,
    "decided_by" TEXT NULL,
    "decided_at" INTEGER NULL,
    "note" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "ck_forced_moves_two_people" CHECK (decided_by <> proposed_by)
);

CREATE INDEX "IX_forced_moves_switch_id" ON "forced_moves" ("switch_id");
