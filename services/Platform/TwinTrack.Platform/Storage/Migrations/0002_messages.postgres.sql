DROP INDEX "IX_outbox_due_at";

CREATE INDEX "IX_outbox_destination_due_at" ON outbox (destination, due_at);

CREATE TABLE dead_letters (
    message_id uuid NOT NULL,
    queue character varying(128) NOT NULL,
    sender character varying(64),
    type character varying(256),
    body text,
    bytes integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    reason character varying(256) NOT NULL,
    failures integer NOT NULL,
    first_at bigint NOT NULL,
    last_at bigint NOT NULL,
    state character varying(32) NOT NULL,
    CONSTRAINT "PK_dead_letters" PRIMARY KEY (message_id)
);
