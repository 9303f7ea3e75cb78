-- A switch stops its scope of a channel; the gate and its epoch stay as they are.
CREATE TABLE "stops" (
    "channel" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "switch_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "last_sequence" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "withdrawn" INTEGER NULL,
    "recalls_asked" INTEGER NULL,
    "not_recallable" INTEGER NULL,
    CONSTRAINT "PK_stops" PRIMARY KEY ("channel", "epoch")
);
ALTER TABLE "sent_units" DROP COLUMN "epoch";
-- Routing asks for each stop again until its answer is complete.
DELETE FROM "jobs" WHERE "kind" IN ('withdraw', 'recall');
