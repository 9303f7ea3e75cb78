CREATE TABLE "waiting_callbacks" (
    "channel" TEXT NOT NULL,
    "evidence_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    CONSTRAINT "PK_waiting_callbacks" PRIMARY KEY ("channel", "evidence_id")
);
INSERT INTO "waiting_callbacks" ("channel", "evidence_id", "bytes", "kind", "name")
    SELECT "channel", "id", "bytes", "kind", "name" FROM "evidence" WHERE state = 'Received' AND kind IN ('Callback', 'ChannelCallback', 'CalledBack');
UPDATE "evidence" SET "state" = 'Hint' WHERE state = 'Received' AND kind IN ('Callback', 'ChannelCallback');
DROP INDEX "ix_evidence_unread";
