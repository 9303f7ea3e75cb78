ALTER TABLE "incidents" ADD COLUMN "taken_by" TEXT NULL;
ALTER TABLE "incidents" ADD COLUMN "taken_at" INTEGER NULL;
ALTER TABLE "incidents" ADD COLUMN "loss_minor" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "incidents" ADD COLUMN "recovered_minor" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "incidents" ADD COLUMN "written_off_minor" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "incidents" ADD COLUMN "bearer" TEXT NULL;
ALTER TABLE "incidents" ADD COLUMN "proposed_by" TEXT NULL;
ALTER TABLE "incidents" ADD COLUMN "ending" TEXT NULL;
ALTER TABLE "incidents" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0;

-- Money that was already being asked back was asked back whole; what a note had ended is closed.
UPDATE incidents SET loss_minor = amount_minor WHERE state = 'Recovering';
UPDATE incidents SET state = 'Closed' WHERE state = 'Resolved';
UPDATE incidents SET owner = 'finance' WHERE kind = 'PaidTwice';
UPDATE incidents SET owner = 'reconciler' WHERE kind = 'Contradiction';

CREATE TABLE "incident_movements" (
    "id" TEXT NOT NULL CONSTRAINT "PK_incident_movements" PRIMARY KEY,
    "incident_id" TEXT NOT NULL,
    "batch_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "funding_source" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "reference" TEXT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE INDEX "IX_incident_movements_batch_id" ON "incident_movements" ("batch_id");

CREATE INDEX "IX_incident_movements_incident_id" ON "incident_movements" ("incident_id");
