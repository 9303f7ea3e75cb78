CREATE TABLE answers (
    id uuid NOT NULL,
    instruction_id uuid NOT NULL,
    outcome text NOT NULL,
    grade character varying(32) NOT NULL,
    code text NOT NULL,
    source text NOT NULL,
    provider_reference text,
    amount_minor bigint NOT NULL,
    contradiction boolean NOT NULL,
    evidence_id uuid,
    at bigint NOT NULL,
    CONSTRAINT "PK_answers" PRIMARY KEY (id)
);

CREATE TABLE connections (
    channel text NOT NULL,
    sealed text NOT NULL,
    updated_by text NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT "PK_connections" PRIMARY KEY (channel)
);

CREATE TABLE evidence (
    id uuid NOT NULL,
    channel text NOT NULL,
    identity text NOT NULL,
    kind character varying(32) NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    bytes bigint NOT NULL,
    path text,
    body bytea,
    headers text,
    state character varying(32) NOT NULL,
    reason text,
    times_seen integer NOT NULL,
    unmatched integer NOT NULL,
    received_at bigint NOT NULL,
    CONSTRAINT "PK_evidence" PRIMARY KEY (id)
);

CREATE TABLE gates (
    channel character varying(64) NOT NULL,
    provider text NOT NULL,
    adapter text NOT NULL,
    track integer NOT NULL,
    currency text NOT NULL,
    epoch bigint NOT NULL,
    open boolean NOT NULL,
    last_sequence bigint NOT NULL,
    closed_at bigint,
    CONSTRAINT "PK_gates" PRIMARY KEY (channel)
);

CREATE TABLE holds (
    instruction_id uuid NOT NULL,
    incident_id text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_holds" PRIMARY KEY (instruction_id)
);

CREATE TABLE journal (
    channel text NOT NULL,
    sequence bigint NOT NULL,
    instruction_id uuid NOT NULL,
    unit_reference text NOT NULL,
    amount_minor bigint NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_journal" PRIMARY KEY (channel, sequence)
);

CREATE TABLE payees (
    household_id uuid NOT NULL,
    fingerprint text NOT NULL,
    sealed text NOT NULL,
    CONSTRAINT "PK_payees" PRIMARY KEY (household_id, fingerprint)
);

CREATE TABLE queue (
    instruction_id uuid NOT NULL,
    channel text NOT NULL,
    arrival bigint NOT NULL,
    epoch bigint NOT NULL,
    programme text NOT NULL,
    area text NOT NULL,
    due_at bigint NOT NULL,
    CONSTRAINT "PK_queue" PRIMARY KEY (instruction_id)
);

CREATE TABLE recalls (
    instruction_id uuid NOT NULL,
    cause text NOT NULL,
    unit_reference text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_recalls" PRIMARY KEY (instruction_id, cause)
);

CREATE TABLE statement_lines (
    statement_id uuid NOT NULL,
    place integer NOT NULL,
    line integer NOT NULL,
    instruction_id uuid,
    reference text,
    returned boolean NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    booked_on date NOT NULL,
    provider_reference text,
    CONSTRAINT "PK_statement_lines" PRIMARY KEY (statement_id, place)
);

CREATE TABLE statements (
    id uuid NOT NULL,
    channel text NOT NULL,
    name text NOT NULL,
    evidence_id uuid NOT NULL,
    sha256 text NOT NULL,
    reference text NOT NULL,
    state character varying(32) NOT NULL,
    final boolean NOT NULL,
    covers_from bigint NOT NULL,
    covers_until bigint NOT NULL,
    currency text NOT NULL,
    lines bigint NOT NULL,
    paid_minor bigint NOT NULL,
    returned_minor bigint NOT NULL,
    lines_applied bigint NOT NULL,
    unmatched_lines bigint NOT NULL,
    expired_absent bigint NOT NULL,
    imported_by text NOT NULL,
    imported_at bigint NOT NULL,
    CONSTRAINT "PK_statements" PRIMARY KEY (id)
);

CREATE TABLE submissions (
    instruction_id uuid NOT NULL,
    channel text NOT NULL,
    epoch bigint NOT NULL,
    batch_id text NOT NULL,
    programme text NOT NULL,
    obligation_id uuid NOT NULL,
    household_id uuid NOT NULL,
    fingerprint text NOT NULL,
    area text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    state character varying(32) NOT NULL,
    unit_reference text,
    sequence bigint,
    code text,
    ordered_at bigint NOT NULL,
    sent_at bigint,
    recall_requested_at bigint,
    CONSTRAINT "PK_submissions" PRIMARY KEY (instruction_id)
);

CREATE TABLE units (
    reference text NOT NULL,
    channel text NOT NULL,
    epoch bigint NOT NULL,
    callback_token text NOT NULL,
    created_at bigint NOT NULL,
    orders integer NOT NULL,
    state character varying(32) NOT NULL,
    open boolean NOT NULL,
    doubted boolean NOT NULL,
    asked_at bigint NOT NULL,
    CONSTRAINT "PK_units" PRIMARY KEY (reference)
);

CREATE TABLE unmatched (
    channel text NOT NULL,
    reference text NOT NULL,
    outcome text NOT NULL,
    evidence_id uuid,
    at bigint NOT NULL,
    CONSTRAINT "PK_unmatched" PRIMARY KEY (channel, reference, outcome)
);

CREATE INDEX "IX_answers_instruction_id" ON answers (instruction_id);

CREATE UNIQUE INDEX "IX_evidence_channel_identity" ON evidence (channel, identity);

CREATE INDEX "IX_evidence_channel_received_at" ON evidence (channel, received_at);

CREATE UNIQUE INDEX "IX_journal_instruction_id" ON journal (instruction_id);

CREATE INDEX "IX_queue_channel_epoch_arrival" ON queue (channel, epoch, arrival);

CREATE INDEX "IX_statement_lines_statement_id_instruction_id" ON statement_lines (statement_id, instruction_id);

CREATE UNIQUE INDEX "IX_statements_channel_sha256" ON statements (channel, sha256);

CREATE INDEX "IX_submissions_obligation_id" ON submissions (obligation_id);

CREATE INDEX "IX_submissions_unit_reference" ON submissions (unit_reference);

CREATE UNIQUE INDEX "IX_units_callback_token" ON units (callback_token);

CREATE INDEX "IX_units_channel_open_asked_at" ON units (channel, open, asked_at);
