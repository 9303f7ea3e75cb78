CREATE TABLE cycles (
    id uuid NOT NULL,
    programme text NOT NULL,
    closed_at bigint NOT NULL,
    CONSTRAINT "PK_cycles" PRIMARY KEY (id)
);

CREATE TABLE switch_abort_votes (
    switch_id uuid NOT NULL,
    "user" text NOT NULL,
    party text NOT NULL,
    hash text NOT NULL,
    reason text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_switch_abort_votes" PRIMARY KEY (switch_id, "user"),
    CONSTRAINT "FK_switch_abort_votes_switches_switch_id" FOREIGN KEY (switch_id) REFERENCES switches (id) ON DELETE CASCADE
);

ALTER TABLE switch_votes ADD COLUMN reach_confirmed boolean NOT NULL DEFAULT false;
