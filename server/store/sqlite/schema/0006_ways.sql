-- Whom another service knows an account as.
CREATE TABLE identity (
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account,
  email TEXT NOT NULL,
  created REAL NOT NULL,
  PRIMARY KEY (provider, subject)
) WITHOUT ROWID;
CREATE INDEX identity_account ON identity (account_id);

-- Who was sent to such a service and is to come back, by hashes: of what comes back, and of the browser's session.
CREATE TABLE errand (
  mark BLOB PRIMARY KEY,
  visitor BLOB NOT NULL,
  provider TEXT NOT NULL,
  after TEXT NOT NULL,
  sent REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX errand_sent ON errand (sent);

-- What a key may do, as words.
ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL DEFAULT 'render read';
-- Who sees the pages of the operator.
ALTER TABLE account ADD COLUMN operator INTEGER NOT NULL DEFAULT 0;
