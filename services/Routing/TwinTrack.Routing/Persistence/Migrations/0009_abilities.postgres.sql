ALTER TABLE channels DROP COLUMN recall;
ALTER TABLE channels DROP COLUMN status_query;
ALTER TABLE channels DROP COLUMN validity_hours;
ALTER TABLE channels ADD COLUMN abilities text;
ALTER TABLE channels ADD COLUMN abilities_refusal text;
ALTER TABLE channels ADD COLUMN abilities_at bigint;
UPDATE channels SET adapter = 'bank' WHERE adapter = 'Bank';
UPDATE channels SET adapter = 'mobile_money' WHERE adapter = 'MobileMoney';
UPDATE channels SET adapter = 'agency' WHERE adapter = 'Agency';
INSERT INTO jobs (kind, subject, done, state, due_at, attempts, wakes)
    SELECT 'abilities', code, 0, 'Running', 0, 0, 0 FROM channels;
