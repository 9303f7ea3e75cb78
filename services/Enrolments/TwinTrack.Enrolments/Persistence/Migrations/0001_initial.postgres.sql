CREATE TABLE areas (
    pcode character varying(20) NOT NULL,
    name character varying(140) NOT NULL,
    parent character varying(20),
    CONSTRAINT "PK_areas" PRIMARY KEY (pcode)
);

CREATE TABLE caseloads (
    cycle_id uuid NOT NULL,
    programme character varying(64) NOT NULL,
    as_of date NOT NULL,
    requested_at bigint NOT NULL,
    ended_at bigint,
    chunks integer NOT NULL,
    rows bigint NOT NULL,
    CONSTRAINT "PK_caseloads" PRIMARY KEY (cycle_id)
);

CREATE TABLE duplicates (
    number bigint NOT NULL,
    id uuid NOT NULL,
    reason character varying(32) NOT NULL,
    household_number bigint NOT NULL,
    other_number bigint NOT NULL,
    state character varying(32) NOT NULL,
    found_at bigint NOT NULL,
    decided_by text,
    decided_at bigint,
    CONSTRAINT "PK_duplicates" PRIMARY KEY (number)
);

CREATE TABLE enrolment_run_areas (
    run_id uuid NOT NULL,
    area character varying(20) NOT NULL,
    CONSTRAINT "PK_enrolment_run_areas" PRIMARY KEY (run_id, area)
);

CREATE TABLE enrolment_runs (
    id uuid NOT NULL,
    programme character varying(64) NOT NULL,
    areas text NOT NULL,
    poverty_score_max_hundredths integer,
    last_number bigint NOT NULL,
    requested_by text NOT NULL,
    requested_at bigint NOT NULL,
    ended_at bigint,
    considered bigint NOT NULL,
    enrolled bigint NOT NULL,
    outside_areas bigint NOT NULL,
    above_poverty_score bigint NOT NULL,
    excluded bigint NOT NULL,
    flagged bigint NOT NULL,
    already_enrolled bigint NOT NULL,
    CONSTRAINT "PK_enrolment_runs" PRIMARY KEY (id)
);

CREATE TABLE enrolments (
    programme character varying(64) NOT NULL,
    household_number bigint NOT NULL,
    household_id uuid NOT NULL,
    run_id uuid NOT NULL,
    state character varying(32) NOT NULL,
    enrolled_at bigint,
    changed_at bigint NOT NULL,
    CONSTRAINT "PK_enrolments" PRIMARY KEY (programme, household_number)
);

CREATE TABLE households (
    number bigint NOT NULL,
    id uuid NOT NULL,
    registry_id character varying(32) NOT NULL,
    import_id uuid NOT NULL,
    row bigint NOT NULL,
    area character varying(20) NOT NULL,
    poverty_score_hundredths integer NOT NULL,
    registered_on date NOT NULL,
    member_count integer NOT NULL,
    state character varying(32) NOT NULL,
    CONSTRAINT "PK_households" PRIMARY KEY (number)
);

CREATE TABLE import_errors (
    import_id uuid NOT NULL,
    number bigint NOT NULL,
    row bigint NOT NULL,
    field text NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT "PK_import_errors" PRIMARY KEY (import_id, number)
);

CREATE TABLE imports (
    id uuid NOT NULL,
    number bigint NOT NULL,
    name character varying(140) NOT NULL,
    sha256 text NOT NULL,
    attempt integer NOT NULL,
    bytes bigint NOT NULL,
    imported_by text NOT NULL,
    received_at bigint NOT NULL,
    ended_at bigint,
    state character varying(32) NOT NULL,
    next_byte bigint NOT NULL,
    next_line bigint NOT NULL,
    first_number bigint NOT NULL,
    next_number bigint NOT NULL,
    rows bigint NOT NULL,
    households bigint NOT NULL,
    accepted bigint NOT NULL,
    rejected bigint NOT NULL,
    rows_rejected bigint NOT NULL,
    duplicates bigint NOT NULL,
    flagged bigint NOT NULL,
    errors bigint NOT NULL,
    refusal_code text,
    refusal_reason text,
    refusal_row bigint,
    CONSTRAINT "PK_imports" PRIMARY KEY (id)
);

CREATE TABLE instruments (
    household_number bigint NOT NULL,
    kind character varying(16) NOT NULL,
    payee_sealed text NOT NULL,
    payee_fingerprint character varying(64) NOT NULL,
    account_fingerprint character varying(32),
    CONSTRAINT "PK_instruments" PRIMARY KEY (household_number)
);

CREATE TABLE members (
    household_number bigint NOT NULL,
    position integer NOT NULL,
    name_sealed text NOT NULL,
    sex character varying(1) NOT NULL,
    birth_date date NOT NULL,
    national_id_fingerprint character varying(32),
    CONSTRAINT "PK_members" PRIMARY KEY (household_number, position)
);

CREATE UNIQUE INDEX "IX_duplicates_household_number_reason" ON duplicates (household_number, reason);

CREATE UNIQUE INDEX "IX_duplicates_id" ON duplicates (id);

CREATE INDEX "IX_enrolments_household_number" ON enrolments (household_number);

CREATE UNIQUE INDEX "IX_households_id" ON households (id);

CREATE UNIQUE INDEX "IX_households_registry_id" ON households (registry_id);

CREATE UNIQUE INDEX "IX_imports_number" ON imports (number);

CREATE UNIQUE INDEX "IX_imports_sha256_attempt" ON imports (sha256, attempt);

CREATE INDEX "IX_instruments_account_fingerprint_household_number" ON instruments (account_fingerprint, household_number) WHERE account_fingerprint is not null;

CREATE INDEX "IX_members_national_id_fingerprint_household_number" ON members (national_id_fingerprint, household_number) WHERE national_id_fingerprint is not null;
