CREATE TABLE channels (
    code text NOT NULL,
    provider text NOT NULL,
    adapter character varying(32) NOT NULL,
    track integer NOT NULL,
    instruments text NOT NULL,
    areas text NOT NULL,
    currency text NOT NULL,
    recall boolean NOT NULL,
    status_query boolean NOT NULL,
    capacity_per_hour integer NOT NULL,
    contract_model character varying(32) NOT NULL,
    gate character varying(32) NOT NULL,
    epoch bigint NOT NULL,
    last_sequence bigint,
    closed_since bigint,
    pause_reason text,
    held_by uuid,
    ordered_at bigint NOT NULL,
    CONSTRAINT "PK_channels" PRIMARY KEY (code)
);

CREATE TABLE protocols (
    programme text NOT NULL,
    currency text NOT NULL,
    reasons text NOT NULL,
    proposer_roles text NOT NULL,
    quorum text NOT NULL,
    proposal_valid_hours integer NOT NULL,
    watch_seconds integer NOT NULL,
    CONSTRAINT "PK_protocols" PRIMARY KEY (programme)
);

CREATE TABLE routing_tables (
    version integer NOT NULL,
    rows text NOT NULL,
    by text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_routing_tables" PRIMARY KEY (version)
);

CREATE TABLE switch_counts (
    switch_id uuid NOT NULL,
    asked bigint NOT NULL,
    at bigint NOT NULL,
    count text NOT NULL,
    CONSTRAINT "PK_switch_counts" PRIMARY KEY (switch_id, asked)
);

CREATE TABLE switches (
    id uuid NOT NULL,
    programme text NOT NULL,
    cycle_id uuid NOT NULL,
    areas text NOT NULL,
    from_channels text NOT NULL,
    to_track integer NOT NULL,
    reason character varying(32) NOT NULL,
    until date,
    return_criteria text,
    proposed_by text NOT NULL,
    proposed_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    quorum text NOT NULL,
    watch_seconds integer NOT NULL,
    state character varying(32) NOT NULL,
    note text,
    hash text,
    list_hash text,
    rehearsal text,
    asked bigint NOT NULL,
    asked_for character varying(32) NOT NULL,
    asked_at bigint,
    ordered_at bigint,
    snapshot_asked bigint,
    progress_asked bigint,
    changed_at bigint,
    routes_since bigint,
    routes_ended bigint,
    version bigint NOT NULL,
    CONSTRAINT "PK_switches" PRIMARY KEY (id)
);

CREATE TABLE switch_channels (
    switch_id uuid NOT NULL,
    channel text NOT NULL,
    epoch bigint NOT NULL,
    fenced_at bigint,
    last_sequence bigint,
    withdrawn bigint,
    recalls_asked bigint,
    not_recallable bigint,
    CONSTRAINT "PK_switch_channels" PRIMARY KEY (switch_id, channel),
    CONSTRAINT "FK_switch_channels_switches_switch_id" FOREIGN KEY (switch_id) REFERENCES switches (id) ON DELETE CASCADE
);

CREATE TABLE switch_steps (
    switch_id uuid NOT NULL,
    number integer NOT NULL,
    state character varying(32) NOT NULL,
    at bigint NOT NULL,
    by text NOT NULL,
    CONSTRAINT "PK_switch_steps" PRIMARY KEY (switch_id, number),
    CONSTRAINT "FK_switch_steps_switches_switch_id" FOREIGN KEY (switch_id) REFERENCES switches (id) ON DELETE CASCADE
);

CREATE TABLE switch_votes (
    switch_id uuid NOT NULL,
    "user" text NOT NULL,
    party text NOT NULL,
    approve boolean NOT NULL,
    hash text NOT NULL,
    at bigint NOT NULL,
    voided boolean NOT NULL,
    CONSTRAINT "PK_switch_votes" PRIMARY KEY (switch_id, "user"),
    CONSTRAINT "FK_switch_votes_switches_switch_id" FOREIGN KEY (switch_id) REFERENCES switches (id) ON DELETE CASCADE
);

CREATE INDEX "IX_switches_programme_cycle_id" ON switches (programme, cycle_id);
