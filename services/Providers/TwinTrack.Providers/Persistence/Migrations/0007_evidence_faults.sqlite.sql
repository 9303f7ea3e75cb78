CREATE TABLE "evidence_faults" (
    "evidence_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    CONSTRAINT "PK_evidence_faults" PRIMARY KEY ("evidence_id", "place")
);
