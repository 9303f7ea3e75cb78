ALTER TABLE instructions ADD COLUMN forced_by uuid;

CREATE TABLE forced_moves (
    id uuid NOT NULL,
    state character varying(32) NOT NULL,
    switch_id uuid NOT NULL,
    programme text NOT NULL,
    currency text NOT NULL,
    list_hash text NOT NULL,
    count bigint NOT NULL,
    sum_minor bigint NOT NULL,
    bearer text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at bigint NOT NULL,
    decided_by text,
    decided_at bigint,
    note text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT "PK_forced_moves" PRIMARY KEY (id),
    CONSTRAINT ck_forced_moves_two_people CHECK (decided_by <> proposed_by)
);

CREATE INDEX "IX_forced_moves_switch_id" ON forced_moves (switch_id);
