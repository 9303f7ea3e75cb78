-- The tables have the names that the code and the glossary use.
ALTER TABLE submissions RENAME TO payment_orders;
ALTER TABLE payment_orders RENAME CONSTRAINT "PK_submissions" TO "PK_payment_orders";
ALTER TABLE queue RENAME TO queued_orders;
ALTER TABLE queued_orders RENAME CONSTRAINT "PK_queue" TO "PK_queued_orders";
ALTER TABLE units RENAME TO sent_units;
ALTER TABLE sent_units RENAME CONSTRAINT "PK_units" TO "PK_sent_units";
ALTER TABLE unmatched RENAME TO unmatched_references;
ALTER TABLE unmatched_references RENAME CONSTRAINT "PK_unmatched" TO "PK_unmatched_references";
ALTER INDEX "IX_submissions_obligation_id" RENAME TO "IX_payment_orders_obligation_id";
ALTER INDEX "IX_submissions_unit_reference" RENAME TO "IX_payment_orders_unit_reference";
ALTER INDEX "IX_queue_channel_epoch_arrival" RENAME TO "IX_queued_orders_channel_epoch_arrival";
ALTER INDEX "IX_units_callback_token" RENAME TO "IX_sent_units_callback_token";
ALTER INDEX "IX_units_channel_open_asked_at" RENAME TO "IX_sent_units_channel_open_asked_at";
