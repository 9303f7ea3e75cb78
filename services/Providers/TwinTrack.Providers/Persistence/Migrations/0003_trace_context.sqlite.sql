ALTER TABLE "queue" ADD COLUMN "trace_parent" TEXT NULL;
ALTER TABLE "units" ADD COLUMN "trace_parent" TEXT NULL;
