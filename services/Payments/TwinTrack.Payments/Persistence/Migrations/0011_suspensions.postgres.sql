CREATE TABLE suspensions (
    id uuid NOT NULL,
    programme text NOT NULL,
    areas text NOT NULL,
    track integer NOT NULL,
    ended_at bigint,
    CONSTRAINT "PK_suspensions" PRIMARY KEY (id)
);
