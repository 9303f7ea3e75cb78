CREATE TABLE users (
    name character varying(64) NOT NULL,
    password_hash text NOT NULL,
    role_words text NOT NULL,
    party character varying(64) NOT NULL,
    disabled boolean NOT NULL,
    failed_count integer NOT NULL,
    locked_until bigint,
    created_at bigint NOT NULL,
    CONSTRAINT "PK_users" PRIMARY KEY (name)
);
