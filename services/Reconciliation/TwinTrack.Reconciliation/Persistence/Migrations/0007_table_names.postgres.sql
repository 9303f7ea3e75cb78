-- The tables have the names that the code and the glossary use.
ALTER TABLE applied_moves RENAME TO applied_state_changes;
ALTER TABLE applied_state_changes RENAME CONSTRAINT "PK_applied_moves" TO "PK_applied_state_changes";
ALTER TABLE funds_movements RENAME TO booked_fund_movements;
ALTER TABLE booked_fund_movements RENAME CONSTRAINT "PK_funds_movements" TO "PK_booked_fund_movements";
