ALTER TABLE channels ADD COLUMN gate_order bigint NOT NULL DEFAULT 0;
