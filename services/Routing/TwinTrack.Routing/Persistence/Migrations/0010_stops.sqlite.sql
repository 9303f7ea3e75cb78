-- A switch stops its scope of a channel; it does not hold gates any more.
UPDATE "channels" SET "pause_reason" = 'closed by a switch of an earlier version' 
    WHERE "held_by" IS NOT NULL AND "pause_reason" IS NULL;
ALTER TABLE "channels" DROP COLUMN "held_by";
UPDATE "switches" SET "state" = 'Stopping' WHERE "state" IN ('Fenced', 'Snapshot', 'Recalling');
UPDATE "switches" SET "asked_for" = 'None' WHERE "asked_for" = 'Snapshot';
UPDATE "switch_steps" SET "state" = 'Stopping' WHERE "state" IN ('Fenced', 'Snapshot', 'Recalling');
-- A switch that had fenced and waited for its proofs was still in the state Voted.
UPDATE "switches" SET "state" = 'Stopping'
    WHERE "state" = 'Voted' AND "id" IN (SELECT "switch_id" FROM "switch_channels");
ALTER TABLE "switches" DROP COLUMN "snapshot_asked";
ALTER TABLE "switch_channels" RENAME COLUMN "fenced_at" TO "proved_at";
