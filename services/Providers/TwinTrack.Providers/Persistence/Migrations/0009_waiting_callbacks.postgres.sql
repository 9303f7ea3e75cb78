CREATE TABLE waiting_callbacks (
    channel text NOT NULL,
    evidence_id uuid NOT NULL,
    kind character varying(32) NOT NULL,
    name text NOT NULL,
    bytes bigint NOT NULL,
    CONSTRAINT "PK_waiting_callbacks" PRIMARY KEY (channel, evidence_id)
);
INSERT INTO waiting_callbacks (channel, evidence_id, bytes, kind, name)
    SELECT channel, id, bytes, kind, name FROM evidence WHERE state = 'Received' AND kind IN ('Callback', 'ChannelCallback', 'CalledBack');
UPDATE evidence SET state = 'Hint' WHERE state = 'Received' AND kind IN ('Callback', 'ChannelCallback');
DROP INDEX ix_evidence_unread;
