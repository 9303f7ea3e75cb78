CREATE TABLE "users" (
    "name" TEXT NOT NULL CONSTRAINT "PK_users" PRIMARY KEY,
    "password_hash" TEXT NOT NULL,
    "role_words" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "disabled" INTEGER NOT NULL,
    "failed_count" INTEGER NOT NULL,
    "locked_until" INTEGER NULL,
    "created_at" INTEGER NOT NULL
);
