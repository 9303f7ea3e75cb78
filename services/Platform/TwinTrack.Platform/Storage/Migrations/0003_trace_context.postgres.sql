ALTER TABLE jobs ADD COLUMN trace_parent text NULL;
