CREATE TABLE calculation_failures (
    cycle_id uuid NOT NULL,
    chunk integer NOT NULL,
    row integer NOT NULL,
    household_id uuid NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT "PK_calculation_failures" PRIMARY KEY (cycle_id, chunk, row)
);

CREATE TABLE caseload_parts (
    cycle_id uuid NOT NULL,
    chunk integer NOT NULL,
    CONSTRAINT "PK_caseload_parts" PRIMARY KEY (cycle_id, chunk)
);

CREATE TABLE cycles (
    id uuid NOT NULL,
    programme text NOT NULL,
    period text NOT NULL,
    as_of date NOT NULL,
    currency text NOT NULL,
    parameter_version integer NOT NULL,
    opened_by text NOT NULL,
    opened_at bigint NOT NULL,
    state character varying(32) NOT NULL,
    version integer NOT NULL,
    households_expected bigint,
    households bigint NOT NULL,
    failures bigint NOT NULL,
    entitlements bigint NOT NULL,
    sum_minor bigint NOT NULL,
    hash text,
    closed_by text,
    closed_at bigint,
    CONSTRAINT "PK_cycles" PRIMARY KEY (id)
);

CREATE TABLE entitlements (
    id uuid NOT NULL,
    cycle_id uuid NOT NULL,
    household_id uuid NOT NULL,
    component text NOT NULL,
    amount_minor bigint NOT NULL,
    area text NOT NULL,
    instrument text NOT NULL,
    payee_fingerprint text NOT NULL,
    funding_source text NOT NULL,
    parameter_version integer NOT NULL,
    lines text NOT NULL,
    CONSTRAINT "PK_entitlements" PRIMARY KEY (id)
);

CREATE TABLE parameter_sets (
    programme text NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT "PK_parameter_sets" PRIMARY KEY (programme, version)
);

CREATE TABLE programmes (
    code text NOT NULL,
    name text NOT NULL,
    currency text NOT NULL,
    CONSTRAINT "PK_programmes" PRIMARY KEY (code)
);

CREATE UNIQUE INDEX "IX_cycles_programme_period" ON cycles (programme, period) WHERE state <> 'Cancelled';

CREATE UNIQUE INDEX "IX_entitlements_cycle_id_household_id_component" ON entitlements (cycle_id, household_id, component);

CREATE INDEX "IX_entitlements_cycle_id_id" ON entitlements (cycle_id, id);
