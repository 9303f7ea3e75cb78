CREATE TABLE audit (
    sequence bigint NOT NULL CONSTRAINT "PK_audit" PRIMARY KEY,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL
);


CREATE TABLE dead_letters (
    message_id uuid NOT NULL CONSTRAINT "PK_dead_letters" PRIMARY KEY,
    queue text NOT NULL,
    sender text NULL,
    type text NULL,
    body text NULL,
    bytes integer NOT NULL,
    sha256 text NOT NULL,
    reason text NOT NULL,
    failures integer NOT NULL,
    first_at bigint NOT NULL,
    last_at bigint NOT NULL,
    state text NOT NULL
);


CREATE TABLE inbox (
    message_id uuid NOT NULL,
    consumer text NOT NULL,
    handled_at bigint NOT NULL,
    CONSTRAINT "PK_inbox" PRIMARY KEY (message_id, consumer)
);


CREATE TABLE jobs (
    kind text NOT NULL,
    subject text NOT NULL,
    cursor text NULL,
    arguments text NULL,
    done bigint NOT NULL,
    state text NOT NULL,
    due_at bigint NOT NULL,
    lease_owner text NULL,
    error text NULL,
    attempts integer NOT NULL,
    wakes integer NOT NULL,
    trace_parent text NULL,
    CONSTRAINT "PK_jobs" PRIMARY KEY (kind, subject)
);


CREATE TABLE outbox (
    message_id uuid NOT NULL,
    destination text NOT NULL,
    type text NOT NULL,
    body text NOT NULL,
    trace_parent text NULL,
    due_at bigint NOT NULL,
    attempts integer NOT NULL,
    CONSTRAINT "PK_outbox" PRIMARY KEY (message_id, destination)
);


CREATE TABLE stored_answers (
    key text NOT NULL CONSTRAINT "PK_stored_answers" PRIMARY KEY,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    content_type text NULL,
    location text NULL,
    body bytea NOT NULL,
    at bigint NOT NULL
);


CREATE INDEX "IX_outbox_destination_due_at" ON outbox (destination, due_at);


CREATE TABLE loaves (
    number bigint NOT NULL CONSTRAINT "PK_loaves" PRIMARY KEY,
    "for" uuid NOT NULL,
    baked_at bigint NOT NULL,
    day text NULL,
    note text NULL
);


CREATE TABLE orders (
    name text NOT NULL CONSTRAINT "PK_orders" PRIMARY KEY
);
