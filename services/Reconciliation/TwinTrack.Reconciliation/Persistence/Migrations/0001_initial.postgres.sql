CREATE TABLE applied_moves (
    instruction_id uuid NOT NULL,
    version integer NOT NULL,
    CONSTRAINT "PK_applied_moves" PRIMARY KEY (instruction_id, version)
);

CREATE TABLE batches (
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    programme text NOT NULL,
    currency text NOT NULL,
    count bigint NOT NULL,
    sum_minor bigint NOT NULL,
    content_hash text NOT NULL,
    released_at bigint NOT NULL,
    state character varying(32) NOT NULL,
    version integer NOT NULL,
    certificate text,
    certificate_hash text,
    certified_by text,
    certified_at bigint,
    CONSTRAINT "PK_batches" PRIMARY KEY (id)
);

CREATE TABLE breaks (
    id uuid NOT NULL,
    key text NOT NULL,
    kind character varying(32) NOT NULL,
    owner text NOT NULL,
    batch_id uuid,
    instruction_id uuid,
    obligation_id uuid,
    channel text NOT NULL,
    statement_id uuid,
    line integer,
    expected_minor bigint,
    found_minor bigint,
    currency text NOT NULL,
    opened_at bigint NOT NULL,
    state character varying(32) NOT NULL,
    version integer NOT NULL,
    proposed_by text,
    closed_by text,
    closed_at bigint,
    note text,
    CONSTRAINT "PK_breaks" PRIMARY KEY (id)
);

CREATE TABLE expectations (
    instruction_id uuid NOT NULL,
    obligation_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    programme text NOT NULL,
    currency text NOT NULL,
    channel text NOT NULL,
    track integer NOT NULL,
    funding_source text NOT NULL,
    state character varying(32) NOT NULL,
    version integer NOT NULL,
    ordered_minor bigint,
    delivered_minor bigint,
    settled_from_flight boolean NOT NULL,
    settled_at bigint,
    CONSTRAINT "PK_expectations" PRIMARY KEY (instruction_id)
);

CREATE TABLE funds_movements (
    movement_id text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_funds_movements" PRIMARY KEY (movement_id)
);

CREATE TABLE ledger_entries (
    transaction_id uuid NOT NULL,
    line integer NOT NULL,
    account text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    batch_id uuid,
    CONSTRAINT "PK_ledger_entries" PRIMARY KEY (transaction_id, line)
);

CREATE TABLE ledger_transactions (
    id uuid NOT NULL,
    at bigint NOT NULL,
    cause text NOT NULL,
    programme text NOT NULL,
    batch_id uuid,
    currency text NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT "PK_ledger_transactions" PRIMARY KEY (id)
);

CREATE TABLE statement_lines (
    statement_id uuid NOT NULL,
    line integer NOT NULL,
    channel text NOT NULL,
    instruction_id uuid,
    kind character varying(32) NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    booked_on date NOT NULL,
    provider_reference text,
    verdict character varying(32) NOT NULL,
    CONSTRAINT "PK_statement_lines" PRIMARY KEY (statement_id, line)
);

CREATE TABLE statement_parts (
    statement_id uuid NOT NULL,
    chunk integer NOT NULL,
    CONSTRAINT "PK_statement_parts" PRIMARY KEY (statement_id, chunk)
);

CREATE TABLE statements (
    id uuid NOT NULL,
    channel text NOT NULL,
    received_at bigint NOT NULL,
    state character varying(32) NOT NULL,
    version integer NOT NULL,
    chunks integer NOT NULL,
    lines bigint NOT NULL,
    paid_minor bigint NOT NULL,
    returned_minor bigint NOT NULL,
    chunks_expected integer,
    lines_expected bigint,
    paid_expected_minor bigint,
    returned_expected_minor bigint,
    currency text,
    final boolean NOT NULL,
    covers_until bigint,
    sha256 text,
    imported_by text,
    refusal text,
    CONSTRAINT "PK_statements" PRIMARY KEY (id)
);

CREATE INDEX "IX_breaks_batch_id" ON breaks (batch_id);

CREATE INDEX "IX_breaks_instruction_id" ON breaks (instruction_id);

CREATE UNIQUE INDEX "IX_breaks_key" ON breaks (key);

CREATE INDEX "IX_expectations_batch_id_obligation_id" ON expectations (batch_id, obligation_id);

CREATE INDEX "IX_ledger_entries_batch_id" ON ledger_entries (batch_id);

CREATE INDEX "IX_statement_lines_instruction_id" ON statement_lines (instruction_id);
