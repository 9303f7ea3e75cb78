CREATE TABLE deliveries (
    subscriber_id uuid NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    body text NOT NULL,
    state character varying(32) NOT NULL,
    attempts integer NOT NULL,
    due_at bigint NOT NULL,
    created_at bigint NOT NULL,
    tried_at bigint,
    status integer,
    fault text,
    latency_ms integer,
    CONSTRAINT "PK_deliveries" PRIMARY KEY (subscriber_id, event_id)
);

CREATE TABLE subscribers (
    id uuid NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    types text NOT NULL,
    programme text,
    party text NOT NULL,
    secret text NOT NULL,
    old_secret text,
    old_until bigint,
    state character varying(32) NOT NULL,
    reason text,
    failures_in_a_row integer NOT NULL,
    backlog bigint NOT NULL,
    missed bigint NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT "PK_subscribers" PRIMARY KEY (id)
);

CREATE INDEX "IX_deliveries_subscriber_id_created_at" ON deliveries (subscriber_id, created_at);

CREATE INDEX ix_deliveries_pending ON deliveries (subscriber_id, due_at) WHERE state = 'Pending';

CREATE UNIQUE INDEX "IX_subscribers_name" ON subscribers (name);
