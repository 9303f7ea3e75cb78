ALTER TABLE incidents ADD COLUMN taken_by text;
ALTER TABLE incidents ADD COLUMN taken_at bigint;
ALTER TABLE incidents ADD COLUMN loss_minor bigint NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN recovered_minor bigint NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN written_off_minor bigint NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN bearer text;
ALTER TABLE incidents ADD COLUMN proposed_by text;
ALTER TABLE incidents ADD COLUMN ending character varying(32);
ALTER TABLE incidents ADD COLUMN version integer NOT NULL DEFAULT 0;

-- Money that was already being asked back was asked back whole; what a note had ended is closed.
UPDATE incidents SET loss_minor = amount_minor WHERE state = 'Recovering';
UPDATE incidents SET state = 'Closed' WHERE state = 'Resolved';
UPDATE incidents SET owner = 'finance' WHERE kind = 'PaidTwice';
UPDATE incidents SET owner = 'reconciler' WHERE kind = 'Contradiction';

CREATE TABLE incident_movements (
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    kind text NOT NULL,
    funding_source text NOT NULL,
    amount_minor bigint NOT NULL,
    reference text,
    by text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_incident_movements" PRIMARY KEY (id)
);

CREATE INDEX "IX_incident_movements_batch_id" ON incident_movements (batch_id);

CREATE INDEX "IX_incident_movements_incident_id" ON incident_movements (incident_id);
