ALTER TABLE "batches" ADD COLUMN "not_closed_because" TEXT NULL;
