-- The tables have the names that the code and the glossary use.
ALTER TABLE "cycles_in" RENAME TO "received_cycles";
ALTER TABLE "obligation_claim" RENAME TO "obligation_claims";
