CREATE TABLE "suspensions" (
    "id" TEXT NOT NULL CONSTRAINT "PK_suspensions" PRIMARY KEY,
    "programme" TEXT NOT NULL,
    "areas" TEXT NOT NULL,
    "track" INTEGER NOT NULL,
    "ended_at" INTEGER NULL
);
