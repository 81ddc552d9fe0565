-- What a million jobs are asked for is found by an index of those rows alone; each statement repeats its condition.
-- Where many entries are gone through, the index has every column that is read, `state` too: none is looked up.
DROP INDEX job_queue;
DROP INDEX job_spec;
DROP INDEX job_expires;
CREATE INDEX job_queue ON job (state, rank, run_after, spec_hash) WHERE state = 'queued';
CREATE INDEX job_age ON job (state, created) WHERE state = 'queued';
CREATE INDEX job_running ON job (spec_hash) WHERE state = 'running';
CREATE INDEX job_twin ON job (spec_hash, finished, expires) WHERE state = 'completed' AND error IS NULL;
CREATE INDEX job_pace ON job (state, finished, started) WHERE state = 'completed' AND finished > started;
CREATE INDEX job_keep ON job (expires) WHERE state = 'completed';
CREATE INDEX job_forget ON job (expires) WHERE state IN ('failed', 'cancelled', 'expired');
CREATE INDEX job_account_state ON job (account_id, state, created);
CREATE INDEX job_created ON job (created);
CREATE INDEX job_state ON job (state, created);
CREATE INDEX usage_day ON usage (day);
CREATE INDEX api_key_account ON api_key (account_id);
CREATE INDEX api_key_prefix ON api_key (prefix);

-- How many jobs are in each state, so that nobody has to count them.
CREATE TABLE tally (state TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tally SELECT state, count(*) FROM job GROUP BY state;
CREATE TRIGGER job_added AFTER INSERT ON job BEGIN
  INSERT INTO tally VALUES (new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER job_moved AFTER UPDATE OF state ON job WHEN old.state != new.state BEGIN
  UPDATE tally SET n = n - 1 WHERE state = old.state;
  INSERT INTO tally VALUES (new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER job_gone AFTER DELETE ON job BEGIN
  UPDATE tally SET n = n - 1 WHERE state = old.state;
END;
