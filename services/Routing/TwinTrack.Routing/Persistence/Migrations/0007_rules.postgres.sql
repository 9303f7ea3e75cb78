CREATE TABLE ceiling_counters (
    counter text NOT NULL,
    count bigint NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT "PK_ceiling_counters" PRIMARY KEY (counter)
);

CREATE TABLE ceiling_takes (
    obligation_id uuid NOT NULL,
    instruction_id uuid NOT NULL,
    table_row text NOT NULL,
    channel text NOT NULL,
    cycle_id uuid NOT NULL,
    day date NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT "PK_ceiling_takes" PRIMARY KEY (obligation_id)
);

CREATE TABLE rules (
    number bigint NOT NULL,
    kind character varying(32) NOT NULL,
    rule_id text NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    ended boolean NOT NULL,
    by text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_rules" PRIMARY KEY (number)
);

CREATE UNIQUE INDEX "IX_rules_kind_rule_id_version" ON rules (kind, rule_id, version);

ALTER TABLE channels ADD COLUMN hours text;

ALTER TABLE switches ADD COLUMN pilot_percent integer;


-- Counters are updated by every chunk that meets their ceiling, and takes come and go.
ALTER TABLE ceiling_counters SET (fillfactor = 50);
