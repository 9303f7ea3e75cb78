-- The tables have the names that the code and the glossary use.
ALTER TABLE "applied_moves" RENAME TO "applied_state_changes";
ALTER TABLE "funds_movements" RENAME TO "booked_fund_movements";
