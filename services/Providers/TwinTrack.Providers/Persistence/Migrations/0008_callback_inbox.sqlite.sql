ALTER TABLE "evidence" ADD COLUMN "scheme" TEXT NOT NULL DEFAULT '';
DROP INDEX "ix_evidence_unread";
CREATE INDEX "ix_evidence_unread" ON "evidence" ("channel", "received_at") WHERE state = 'Received';
