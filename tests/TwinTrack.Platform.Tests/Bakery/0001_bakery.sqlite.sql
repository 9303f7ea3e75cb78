CREATE TABLE "loaves" (
    "number" INTEGER NOT NULL CONSTRAINT "PK_loaves" PRIMARY KEY,
    "for" TEXT NOT NULL,
    "baked_at" INTEGER NOT NULL,
    "day" TEXT NULL,
    "note" TEXT NULL
);

CREATE TABLE "orders" (
    "name" TEXT NOT NULL CONSTRAINT "PK_orders" PRIMARY KEY
);
