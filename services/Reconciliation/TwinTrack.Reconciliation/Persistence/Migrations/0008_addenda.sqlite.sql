CREATE TABLE "certificate_addenda" (
    "batch_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "signed_at" INTEGER NOT NULL,
    CONSTRAINT "PK_certificate_addenda" PRIMARY KEY ("batch_id", "number")
);

CREATE TABLE "followed_obligations" (
    "batch_id" TEXT NOT NULL,
    "obligation_id" TEXT NOT NULL,
    "follow_up_id" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    CONSTRAINT "PK_followed_obligations" PRIMARY KEY ("batch_id", "obligation_id")
);
