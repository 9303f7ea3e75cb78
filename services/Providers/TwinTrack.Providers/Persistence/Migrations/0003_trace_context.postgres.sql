ALTER TABLE queue ADD COLUMN trace_parent text NULL;
ALTER TABLE units ADD COLUMN trace_parent text NULL;
