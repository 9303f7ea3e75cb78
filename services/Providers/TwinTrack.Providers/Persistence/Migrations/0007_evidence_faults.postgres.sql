CREATE TABLE evidence_faults (
    evidence_id uuid NOT NULL,
    place integer NOT NULL,
    line integer NOT NULL,
    field text NOT NULL,
    why text NOT NULL,
    CONSTRAINT "PK_evidence_faults" PRIMARY KEY (evidence_id, place)
);
