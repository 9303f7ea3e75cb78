CREATE TABLE protocol_versions (
    programme text NOT NULL,
    area text NOT NULL,
    version integer NOT NULL,
    currency text NOT NULL,
    terms text NOT NULL,
    by text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_protocol_versions" PRIMARY KEY (programme, area, version)
);

CREATE TABLE pause_reviews (
    id uuid NOT NULL,
    channel text NOT NULL,
    paused_by text NOT NULL,
    reason text NOT NULL,
    opened_at bigint NOT NULL,
    due_at bigint NOT NULL,
    state character varying(32) NOT NULL,
    decided_by text,
    decided_at bigint,
    note text,
    CONSTRAINT "PK_pause_reviews" PRIMARY KEY (id)
);

CREATE TABLE switch_ratifications (
    switch_id uuid NOT NULL,
    "user" text NOT NULL,
    party text NOT NULL,
    approve boolean NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_switch_ratifications" PRIMARY KEY (switch_id, "user"),
    CONSTRAINT "FK_switch_ratifications_switches_switch_id" FOREIGN KEY (switch_id) REFERENCES switches (id) ON DELETE CASCADE
);

CREATE TABLE scenarios (
    id uuid NOT NULL,
    name text NOT NULL,
    programme text NOT NULL,
    cycle_id uuid NOT NULL,
    areas text NOT NULL,
    from_channels text NOT NULL,
    to_track integer NOT NULL,
    asked_by text NOT NULL,
    asked_at bigint NOT NULL,
    CONSTRAINT "PK_scenarios" PRIMARY KEY (id)
);

CREATE TABLE rehearsals (
    subject_id uuid NOT NULL,
    asked bigint NOT NULL,
    programme text NOT NULL,
    cycle_id uuid NOT NULL,
    name text,
    at bigint NOT NULL,
    hash text NOT NULL,
    digest text NOT NULL,
    content text NOT NULL,
    CONSTRAINT "PK_rehearsals" PRIMARY KEY (subject_id, asked)
);

CREATE INDEX "IX_pause_reviews_channel" ON pause_reviews (channel);

CREATE INDEX "IX_rehearsals_programme_cycle_id" ON rehearsals (programme, cycle_id);

INSERT INTO protocol_versions (programme, area, version, currency, terms, by, at)
SELECT programme, '*', 1, currency,
    '{"currency":"' || currency || '","reasons":' || reasons || ',"proposerRoles":' || proposer_roles || ',"quorum":' || quorum
    || ',"proposalValidHours":' || proposal_valid_hours || ',"watchSeconds":' || watch_seconds || '}',
    'system@system', 0
FROM protocols;

DROP TABLE protocols;

ALTER TABLE switches ADD COLUMN governance text;

ALTER TABLE channels ADD COLUMN fee_minor bigint NOT NULL DEFAULT 0;

ALTER TABLE channels ADD COLUMN fee_basis_points integer NOT NULL DEFAULT 0;
