CREATE TABLE approvals (
    batch_id uuid NOT NULL,
    step integer NOT NULL,
    by text NOT NULL,
    content_hash text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_approvals" PRIMARY KEY (batch_id, step)
);

CREATE TABLE batches (
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    programme text NOT NULL,
    currency text NOT NULL,
    state character varying(32) NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    count bigint NOT NULL,
    sum_minor bigint NOT NULL,
    routed bigint NOT NULL,
    released bigint NOT NULL,
    content_hash text,
    steps_required integer NOT NULL,
    composition text,
    released_by text,
    released_at bigint,
    ended_by text,
    end_reason text,
    certificate_hash text,
    version integer NOT NULL,
    CONSTRAINT "PK_batches" PRIMARY KEY (id)
);

CREATE TABLE cycle_chunks (
    cycle_id uuid NOT NULL,
    chunk integer NOT NULL,
    CONSTRAINT "PK_cycle_chunks" PRIMARY KEY (cycle_id, chunk)
);

CREATE TABLE cycles_in (
    id uuid NOT NULL,
    state character varying(32) NOT NULL,
    reason text,
    chunks_arrived integer NOT NULL,
    count_arrived bigint NOT NULL,
    sum_arrived_minor bigint NOT NULL,
    programme text,
    period text,
    currency text,
    chunks_expected integer,
    count_expected bigint,
    sum_expected_minor bigint,
    hash_expected text,
    closed_by text,
    CONSTRAINT "PK_cycles_in" PRIMARY KEY (id)
);

CREATE TABLE fund_movements (
    id uuid NOT NULL,
    kind text NOT NULL,
    programme text NOT NULL,
    funding_source text NOT NULL,
    batch_id uuid,
    amount_minor bigint NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_fund_movements" PRIMARY KEY (id)
);

CREATE TABLE funds (
    programme text NOT NULL,
    funding_source text NOT NULL,
    currency text NOT NULL,
    deposited_minor bigint NOT NULL,
    committed_minor bigint NOT NULL,
    CONSTRAINT "PK_funds" PRIMARY KEY (programme, funding_source),
    CONSTRAINT ck_funds_balance CHECK (committed_minor >= 0 AND committed_minor <= deposited_minor)
);

CREATE TABLE incidents (
    id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    obligation_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    instruction_id uuid NOT NULL,
    held_instruction_id uuid,
    amount_minor bigint NOT NULL,
    owner text NOT NULL,
    opened_at bigint NOT NULL,
    note text NOT NULL,
    resolved_by text,
    resolved_at bigint,
    CONSTRAINT "PK_incidents" PRIMARY KEY (id)
);

CREATE TABLE instructions (
    id uuid NOT NULL,
    obligation_id uuid NOT NULL,
    generation integer NOT NULL,
    batch_id uuid NOT NULL,
    state character varying(32) NOT NULL,
    version integer NOT NULL,
    amount_minor bigint NOT NULL,
    settled_minor bigint NOT NULL,
    channel text,
    track integer NOT NULL,
    epoch bigint NOT NULL,
    why text,
    switch_id uuid,
    evidence text,
    held_by uuid,
    code text,
    grade text,
    changed_at bigint NOT NULL,
    CONSTRAINT "PK_instructions" PRIMARY KEY (id)
);

CREATE TABLE moves (
    id uuid NOT NULL,
    state character varying(32) NOT NULL,
    cycle_id uuid NOT NULL,
    programme text NOT NULL,
    areas text NOT NULL,
    channels text NOT NULL,
    list_hash text NOT NULL,
    decision text NOT NULL,
    started_at bigint,
    ended_at bigint,
    CONSTRAINT "PK_moves" PRIMARY KEY (id)
);

CREATE TABLE obligation_claim (
    obligation_id uuid NOT NULL,
    instruction_id uuid NOT NULL,
    generation integer NOT NULL,
    epoch bigint NOT NULL,
    CONSTRAINT "PK_obligation_claim" PRIMARY KEY (obligation_id)
);

CREATE TABLE obligations (
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    household_id uuid NOT NULL,
    component text NOT NULL,
    amount_minor bigint NOT NULL,
    area text NOT NULL,
    instrument text NOT NULL,
    payee_fingerprint text NOT NULL,
    funding_source text NOT NULL,
    batch_id uuid,
    last_planned integer NOT NULL,
    last_released integer NOT NULL,
    unpaid_reason text,
    blocked_by_incident uuid,
    remainder_of uuid,
    left_by_batch uuid,
    CONSTRAINT "PK_obligations" PRIMARY KEY (id)
);

CREATE TABLE report_entries (
    id uuid NOT NULL,
    instruction_id uuid NOT NULL,
    outcome text NOT NULL,
    grade text NOT NULL,
    code text NOT NULL,
    provider_reference text,
    sequence bigint,
    amount_minor bigint NOT NULL,
    at bigint NOT NULL,
    effect text NOT NULL,
    CONSTRAINT "PK_report_entries" PRIMARY KEY (id)
);

CREATE UNIQUE INDEX "IX_approvals_batch_id_by" ON approvals (batch_id, by);

CREATE INDEX "IX_batches_cycle_id" ON batches (cycle_id);

CREATE INDEX "IX_fund_movements_batch_id" ON fund_movements (batch_id);

CREATE INDEX "IX_incidents_batch_id" ON incidents (batch_id);

CREATE INDEX "IX_incidents_held_instruction_id" ON incidents (held_instruction_id);

CREATE INDEX "IX_incidents_obligation_id" ON incidents (obligation_id);

CREATE UNIQUE INDEX "IX_instructions_obligation_id_generation" ON instructions (obligation_id, generation);

CREATE INDEX "IX_moves_cycle_id" ON moves (cycle_id);

CREATE INDEX "IX_obligations_batch_id_id" ON obligations (batch_id, id);

CREATE INDEX "IX_obligations_cycle_id_batch_id_id" ON obligations (cycle_id, batch_id, id);

CREATE UNIQUE INDEX "IX_obligations_cycle_id_household_id_component" ON obligations (cycle_id, household_id, component);

CREATE INDEX "IX_obligations_left_by_batch" ON obligations (left_by_batch) WHERE left_by_batch IS NOT NULL;

CREATE INDEX ix_obligations_unpaid ON obligations (batch_id, id) WHERE unpaid_reason IS NOT NULL;

CREATE INDEX "IX_report_entries_instruction_id" ON report_entries (instruction_id);
