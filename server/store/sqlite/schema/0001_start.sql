-- Times are seconds since 1970 (UTC), days are YYYY-MM-DD in UTC.
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  email TEXT UNIQUE COLLATE NOCASE,
  tier TEXT NOT NULL,
  created REAL NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0
);

-- Of a key only its keyed hash is kept, and as much of its beginning as tells keys apart.
CREATE TABLE api_key (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  prefix TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  created REAL NOT NULL,
  last_used REAL,
  -- From then on it is refused; in the future while a rotated key still works.
  revoked REAL
);

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  key_id INTEGER NOT NULL REFERENCES api_key,
  spec TEXT NOT NULL,
  -- What an identical request has too, together with the state of the data.
  spec_hash TEXT NOT NULL,
  km2 REAL NOT NULL,
  memory_mb INTEGER NOT NULL,
  rank REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled', 'expired')),
  run_after REAL NOT NULL DEFAULT 0,
  -- Attempts that the job itself may have ended, and those that the server's own end cut short.
  attempt INTEGER NOT NULL DEFAULT 0,
  interrupted INTEGER NOT NULL DEFAULT 0,
  lease_token TEXT,
  lease_until REAL,
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  progress REAL NOT NULL DEFAULT 0,
  step TEXT NOT NULL DEFAULT '',
  error_code TEXT,
  error TEXT,
  charged_day TEXT,
  idempotency_key TEXT,
  body_hash TEXT,
  created REAL NOT NULL,
  started REAL,
  finished REAL,
  expires REAL,
  UNIQUE (account_id, idempotency_key)
) WITHOUT ROWID;
CREATE INDEX job_queue ON job (state, rank);
CREATE INDEX job_waiting ON job (account_id, rank) WHERE state = 'queued';
CREATE INDEX job_account ON job (account_id, created);
CREATE INDEX job_spec ON job (spec_hash, state);
CREATE INDEX job_expires ON job (expires) WHERE state IN ('completed', 'failed', 'cancelled');

CREATE TABLE job_file (
  job_id TEXT NOT NULL REFERENCES job ON DELETE CASCADE,
  format TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  -- The finished file by its SHA-256 (hexadecimal), its extension and what it holds.
  sha256 TEXT,
  extension TEXT,
  bytes INTEGER,
  features INTEGER,
  warnings TEXT NOT NULL DEFAULT '[]',
  error_code TEXT,
  error TEXT,
  PRIMARY KEY (job_id, format)
) WITHOUT ROWID;
CREATE INDEX job_file_sha256 ON job_file (sha256);

CREATE TABLE usage (
  account_id INTEGER NOT NULL REFERENCES account,
  day TEXT NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (account_id, day)
) WITHOUT ROWID;

-- What happened to a job, for people and for the tests.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES job ON DELETE CASCADE,
  at REAL NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX event_job ON event (job_id);
