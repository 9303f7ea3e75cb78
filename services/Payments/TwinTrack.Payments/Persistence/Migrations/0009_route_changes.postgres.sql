CREATE TABLE route_changes (
    programme text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT "PK_route_changes" PRIMARY KEY (programme)
);
