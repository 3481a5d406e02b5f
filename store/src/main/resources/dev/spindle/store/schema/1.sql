-- Instants are ISO 8601 text in UTC, exact to the nanosecond. JSON is described in JobJson.

-- AUTOINCREMENT makes SQLite remember the highest id for ever, even when jobs are deleted.
CREATE TABLE job (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  state        TEXT    NOT NULL,
  priority     INTEGER NOT NULL,
  submitted_at TEXT    NOT NULL,
  attempt      INTEGER NOT NULL,
  worker       TEXT,             -- while it is assigned or running
  spec         TEXT    NOT NULL, -- JSON object
  attempts     TEXT    NOT NULL, -- JSON array
  ending       TEXT              -- JSON object, in a final state
) STRICT;

CREATE INDEX job_by_state ON job (state, id);

CREATE TABLE log (
  job      INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  attempt  INTEGER NOT NULL,
  stream   TEXT    NOT NULL,
  at       TEXT    NOT NULL,
  text     ANY     NOT NULL,     -- TEXT; a BLOB of UTF-16 when UTF-8 cannot carry it
  PRIMARY KEY (job, sequence)
) STRICT;

CREATE TABLE worker (
  name       TEXT NOT NULL PRIMARY KEY,
  wire       TEXT NOT NULL,
  secret_md5 TEXT NOT NULL,
  added_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
