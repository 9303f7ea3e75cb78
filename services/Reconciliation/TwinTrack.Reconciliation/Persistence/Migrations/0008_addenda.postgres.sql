CREATE TABLE certificate_addenda (
    batch_id uuid NOT NULL,
    number integer NOT NULL,
    json text NOT NULL,
    hash text NOT NULL,
    signed_at bigint NOT NULL,
    CONSTRAINT "PK_certificate_addenda" PRIMARY KEY (batch_id, number)
);

CREATE TABLE followed_obligations (
    batch_id uuid NOT NULL,
    obligation_id uuid NOT NULL,
    follow_up_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    CONSTRAINT "PK_followed_obligations" PRIMARY KEY (batch_id, obligation_id)
);
