-- The tables have the names that the code and the glossary use.
ALTER TABLE cycles_in RENAME TO received_cycles;
ALTER TABLE received_cycles RENAME CONSTRAINT "PK_cycles_in" TO "PK_received_cycles";
ALTER TABLE obligation_claim RENAME TO obligation_claims;
ALTER TABLE obligation_claims RENAME CONSTRAINT "PK_obligation_claim" TO "PK_obligation_claims";
