-- What is counted for Prometheus: it only grows, whatever of the server ends. A histogram has a row for each bucket, of
-- what fell into that one alone, and one for the sum.
CREATE TABLE total (
  name TEXT NOT NULL,
  labels TEXT NOT NULL,
  n REAL NOT NULL,
  PRIMARY KEY (name, labels)
) WITHOUT ROWID;
-- What each process has just now, and when it said so.
CREATE TABLE live (
  process INTEGER NOT NULL,
  name TEXT NOT NULL,
  n REAL NOT NULL,
  at REAL NOT NULL,
  PRIMARY KEY (name, process)
) WITHOUT ROWID;
