CREATE TABLE "route_changes" (
    "programme" TEXT NOT NULL CONSTRAINT "PK_route_changes" PRIMARY KEY,
    "at" INTEGER NOT NULL
);
