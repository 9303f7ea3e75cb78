CREATE TABLE "cycles" (
    "id" TEXT NOT NULL CONSTRAINT "PK_cycles" PRIMARY KEY,
    "programme" TEXT NOT NULL,
    "closed_at" INTEGER NOT NULL
);

CREATE TABLE "switch_abort_votes" (
    "switch_id" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_switch_abort_votes" PRIMARY KEY ("switch_id", "user"),
    CONSTRAINT "FK_switch_abort_votes_switches_switch_id" FOREIGN KEY ("switch_id") REFERENCES "switches" ("id") ON DELETE CASCADE
);

ALTER TABLE "switch_votes" ADD COLUMN "reach_confirmed" INTEGER NOT NULL DEFAULT 0;
