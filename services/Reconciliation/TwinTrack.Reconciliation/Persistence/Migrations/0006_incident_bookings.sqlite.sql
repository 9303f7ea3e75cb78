CREATE TABLE "incident_bookings" (
    "movement_id" TEXT NOT NULL CONSTRAINT "PK_incident_bookings" PRIMARY KEY,
    "incident_id" TEXT NOT NULL,
    "incident_kind" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "batch_id" TEXT NOT NULL,
    "funding_source" TEXT NOT NULL,
    "bearer" TEXT NULL,
    "amount_minor" INTEGER NOT NULL,
    "at" INTEGER NOT NULL
);

CREATE INDEX "IX_incident_bookings_batch_id" ON "incident_bookings" ("batch_id");
