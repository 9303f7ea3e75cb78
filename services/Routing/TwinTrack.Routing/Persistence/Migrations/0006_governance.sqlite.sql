CREATE TABLE "protocol_versions" (
    "programme" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "terms" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_protocol_versions" PRIMARY KEY ("programme", "area", "version")
);

CREATE TABLE "pause_reviews" (
    "id" TEXT NOT NULL CONSTRAINT "PK_pause_reviews" PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "paused_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "decided_by" TEXT NULL,
    "decided_at" INTEGER NULL,
    "note" TEXT NULL
);

CREATE TABLE "switch_ratifications" (
    "switch_id" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "approve" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_switch_ratifications" PRIMARY KEY ("switch_id", "user"),
    CONSTRAINT "FK_switch_ratifications_switches_switch_id" FOREIGN KEY ("switch_id") REFERENCES "switches" ("id") ON DELETE CASCADE
);

CREATE TABLE "scenarios" (
    "id" TEXT NOT NULL CONSTRAINT "PK_scenarios" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "from_channels" TEXT NOT NULL,
    "to_track" INTEGER NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" INTEGER NOT NULL
);

CREATE TABLE "rehearsals" (
    "subject_id" TEXT NOT NULL,
    "asked" INTEGER NOT NULL,
    "programme" TEXT NOT NULL,
    "cycle_id" TEXT NOT NULL,
    "name" TEXT NULL,
    "at" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    CONSTRAINT "PK_rehearsals" PRIMARY KEY ("subject_id", "asked")
);

CREATE INDEX "IX_pause_reviews_channel" ON "pause_reviews" ("channel");

CREATE INDEX "IX_rehearsals_programme_cycle_id" ON "rehearsals" ("programme", "cycle_id");

INSERT INTO "protocol_versions" ("programme", "area", "version", "currency", "terms", "by", "at")
SELECT "programme", '*', 1, "currency",
    '{"currency":"' || "currency" || '","reasons":' || "reasons" || ',"proposerRoles":' || "proposer_roles" || ',"quorum":' || "quorum"
    || ',"proposalValidHours":' || "proposal_valid_hours" || ',"watchSeconds":' || "watch_seconds" || '}',
    'system@system', 0
FROM "protocols";

DROP TABLE "protocols";

ALTER TABLE "switches" ADD COLUMN "governance" TEXT NULL;

ALTER TABLE "channels" ADD COLUMN "fee_minor" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "channels" ADD COLUMN "fee_basis_points" INTEGER NOT NULL DEFAULT 0;
