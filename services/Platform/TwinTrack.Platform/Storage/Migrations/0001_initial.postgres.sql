CREATE TABLE audit (
    sequence bigint NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT "PK_audit" PRIMARY KEY (sequence)
);

CREATE TABLE inbox (
    message_id uuid NOT NULL,
    consumer text NOT NULL,
    handled_at bigint NOT NULL,
    CONSTRAINT "PK_inbox" PRIMARY KEY (message_id, consumer)
);

CREATE TABLE jobs (
    kind character varying(64) NOT NULL,
    subject character varying(128) NOT NULL,
    cursor text,
    arguments text,
    done bigint NOT NULL,
    state character varying(32) NOT NULL,
    due_at bigint NOT NULL,
    lease_owner text,
    error text,
    attempts integer NOT NULL,
    wakes integer NOT NULL,
    CONSTRAINT "PK_jobs" PRIMARY KEY (kind, subject)
);

CREATE TABLE outbox (
    message_id uuid NOT NULL,
    destination text NOT NULL,
    type text NOT NULL,
    body text NOT NULL,
    trace_parent text,
    due_at bigint NOT NULL,
    attempts integer NOT NULL,
    CONSTRAINT "PK_outbox" PRIMARY KEY (message_id, destination)
);

CREATE TABLE stored_answers (
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    content_type text,
    location text,
    body bytea NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_stored_answers" PRIMARY KEY (key)
);

CREATE INDEX "IX_outbox_due_at" ON outbox (due_at);
