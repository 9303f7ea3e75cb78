-- A switch stops its scope of a channel; the gate and its epoch stay as they are.
CREATE TABLE stops (
    channel text NOT NULL,
    epoch bigint NOT NULL,
    switch_id text NOT NULL,
    programme text NOT NULL,
    areas text NOT NULL,
    last_sequence bigint NOT NULL,
    at bigint NOT NULL,
    withdrawn bigint,
    recalls_asked bigint,
    not_recallable bigint,
    CONSTRAINT "PK_stops" PRIMARY KEY (channel, epoch)
);
ALTER TABLE sent_units DROP COLUMN epoch;
-- Routing asks for each stop again until its answer is complete.
DELETE FROM jobs WHERE kind IN ('withdraw', 'recall');
