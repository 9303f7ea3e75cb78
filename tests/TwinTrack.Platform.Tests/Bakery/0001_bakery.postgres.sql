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
