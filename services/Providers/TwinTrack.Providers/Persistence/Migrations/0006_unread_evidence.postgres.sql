CREATE INDEX ix_evidence_unread ON evidence (channel) WHERE state = 'Received';
