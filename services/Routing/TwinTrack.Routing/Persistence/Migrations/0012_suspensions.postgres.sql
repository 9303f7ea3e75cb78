CREATE TABLE suspensions (
    id uuid NOT NULL,
    programme text NOT NULL,
    areas text NOT NULL,
    track integer NOT NULL,
    reason text NOT NULL,
    suspended_by text NOT NULL,
    suspended_at bigint NOT NULL,
    ended_by text,
    ended_at bigint,
    end_reason text,
    CONSTRAINT "PK_suspensions" PRIMARY KEY (id)
);

CREATE TABLE suspended_channels (
    suspension_id uuid NOT NULL,
    channel text NOT NULL,
    epoch bigint NOT NULL,
    proved_at bigint,
    last_sequence bigint,
    withdrawn bigint,
    recalls_asked bigint,
    not_recallable bigint,
    CONSTRAINT "PK_suspended_channels" PRIMARY KEY (suspension_id, channel),
    CONSTRAINT "FK_suspended_channels_suspensions_suspension_id" FOREIGN KEY (suspension_id) REFERENCES suspensions (id) ON DELETE CASCADE
);

CREATE INDEX "IX_suspensions_programme" ON suspensions (programme);

-- A review is of a pause of a channel, or of a suspension of a track.
ALTER TABLE pause_reviews ALTER COLUMN channel DROP NOT NULL;
ALTER TABLE pause_reviews ADD COLUMN suspension_id uuid;
CREATE INDEX "IX_pause_reviews_suspension_id" ON pause_reviews (suspension_id);
