-- People who sign in, and guests, who are known by a hash of where they come from.
ALTER TABLE account ADD COLUMN password TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN guest BLOB;
CREATE UNIQUE INDEX account_guest ON account (guest) WHERE guest IS NOT NULL;
-- The key by which an account's own pages call: nobody has it.
ALTER TABLE api_key ADD COLUMN site INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX api_key_site ON api_key (account_id) WHERE site;

-- Of a session and of a link in a mail only a hash is kept.
CREATE TABLE session (
  mark BLOB PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  created REAL NOT NULL,
  seen REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_seen ON session (seen);

CREATE TABLE letter (
  mark BLOB PRIMARY KEY,
  purpose TEXT NOT NULL,
  email TEXT NOT NULL COLLATE NOCASE,
  password TEXT NOT NULL,
  sent REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX letter_email ON letter (email, purpose);
CREATE INDEX letter_sent ON letter (sent);

-- What was done with an account.
CREATE TABLE deed (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  at REAL NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE INDEX deed_account ON deed (account_id, id);
CREATE INDEX deed_at ON deed (at);
