CREATE TABLE incident_bookings (
    movement_id text NOT NULL,
    incident_id text NOT NULL,
    incident_kind text NOT NULL,
    kind text NOT NULL,
    batch_id uuid NOT NULL,
    funding_source text NOT NULL,
    bearer text,
    amount_minor bigint NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_incident_bookings" PRIMARY KEY (movement_id)
);

CREATE INDEX "IX_incident_bookings_batch_id" ON incident_bookings (batch_id);
