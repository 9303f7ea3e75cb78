-- The tables have the names that the code and the glossary use.
ALTER TABLE "submissions" RENAME TO "payment_orders";
ALTER TABLE "queue" RENAME TO "queued_orders";
ALTER TABLE "units" RENAME TO "sent_units";
ALTER TABLE "unmatched" RENAME TO "unmatched_references";
DROP INDEX "IX_submissions_obligation_id";
CREATE INDEX "IX_payment_orders_obligation_id" ON "payment_orders" ("obligation_id");
DROP INDEX "IX_submissions_unit_reference";
CREATE INDEX "IX_payment_orders_unit_reference" ON "payment_orders" ("unit_reference");
DROP INDEX "IX_queue_channel_epoch_arrival";
CREATE INDEX "IX_queued_orders_channel_epoch_arrival" ON "queued_orders" ("channel", "epoch", "arrival");
DROP INDEX "IX_units_callback_token";
CREATE UNIQUE INDEX "IX_sent_units_callback_token" ON "sent_units" ("callback_token");
DROP INDEX "IX_units_channel_open_asked_at";
CREATE INDEX "IX_sent_units_channel_open_asked_at" ON "sent_units" ("channel", "open", "asked_at");
