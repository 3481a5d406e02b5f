-- What version 1 of the schema has in its tables. Never changed: see StoredFormTest.
PRAGMA application_id = 1397769292;
PRAGMA user_version = 1;

INSERT INTO job VALUES (
  1,
  'QUEUED',
  -7,
  '2026-01-31T12:00:00.123456789Z',
  3,
  NULL,
  '{"work":{"kind":"shell","command":["cc","-o","a b","\uD83D\uDE00"],"environment":[{"name":"A","value":""},{"name":"LANG","value":"C"}]},"inputs":[{"name":"src/main.c","size":42,"sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","md5":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"}],"outputs":["out/*.o","*.log"],"tags":["arm64","linux"],"timeout":"PT1M30S","maxTime":"PT2H0.000000001S","exclusive":true,"maxAttempts":3}',
  '[{"number":1,"worker":"w1","startedAt":"2026-01-31T12:00:00.123456789Z","endedAt":"2026-01-31T12:00:00.124456789Z","outcome":"worker lost"},{"number":3,"worker":"w1","startedAt":"2026-01-31T12:00:02.123456789Z"}]',
  NULL);
INSERT INTO job VALUES (
  2,
  'ASSIGNED',
  -7,
  '2026-01-31T12:00:00.123456789Z',
  3,
  'w1',
  '{"work":{"kind":"shell","command":["cc","-o","a b","\uD83D\uDE00"],"environment":[{"name":"A","value":""},{"name":"LANG","value":"C"}]},"inputs":[{"name":"src/main.c","size":42,"sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","md5":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"}],"outputs":["out/*.o","*.log"],"tags":["arm64","linux"],"timeout":"PT1M30S","maxTime":"PT2H0.000000001S","exclusive":true,"maxAttempts":3}',
  '[{"number":1,"worker":"w1","startedAt":"2026-01-31T12:00:00.123456789Z","endedAt":"2026-01-31T12:00:00.124456789Z","outcome":"worker lost"},{"number":3,"worker":"w1","startedAt":"2026-01-31T12:00:02.123456789Z"}]',
  NULL);
INSERT INTO job VALUES (
  3,
  'RUNNING',
  -7,
  '2026-01-31T12:00:00.123456789Z',
  3,
  'w1',
  '{"work":{"kind":"shell","command":["cc","-o","a b","\uD83D\uDE00"],"environment":[{"name":"A","value":""},{"name":"LANG","value":"C"}]},"inputs":[{"name":"src/main.c","size":42,"sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","md5":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"}],"outputs":["out/*.o","*.log"],"tags":["arm64","linux"],"timeout":"PT1M30S","maxTime":"PT2H0.000000001S","exclusive":true,"maxAttempts":3}',
  '[{"number":1,"worker":"w1","startedAt":"2026-01-31T12:00:00.123456789Z","endedAt":"2026-01-31T12:00:00.124456789Z","outcome":"worker lost"},{"number":3,"worker":"w1","startedAt":"2026-01-31T12:00:02.123456789Z"}]',
  NULL);
INSERT INTO job VALUES (
  4,
  'SUCCEEDED',
  -7,
  '2026-01-31T12:00:00.123456789Z',
  3,
  NULL,
  '{"work":{"kind":"shell","command":["cc","-o","a b","\uD83D\uDE00"],"environment":[{"name":"A","value":""},{"name":"LANG","value":"C"}]},"inputs":[{"name":"src/main.c","size":42,"sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","md5":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"}],"outputs":["out/*.o","*.log"],"tags":["arm64","linux"],"timeout":"PT1M30S","maxTime":"PT2H0.000000001S","exclusive":true,"maxAttempts":3}',
  '[{"number":1,"worker":"w1","startedAt":"2026-01-31T12:00:00.123456789Z","endedAt":"2026-01-31T12:00:00.124456789Z","outcome":"worker lost"},{"number":3,"worker":"w1","startedAt":"2026-01-31T12:00:02.123456789Z"}]',
  '{"at":"2026-01-31T12:00:09.123456789Z","result":{"exit":0,"elapsed":"PT6.5S"},"reason":"","outputs":[{"name":"out/größe.o","size":0,"sha256":"1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a","md5":"1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b"}]}');
INSERT INTO job VALUES (
  5,
  'FAILED',
  -7,
  '2026-01-31T12:00:00.123456789Z',
  3,
  NULL,
  '{"work":{"kind":"shell","command":["cc","-o","a b","\uD83D\uDE00"],"environment":[{"name":"A","value":""},{"name":"LANG","value":"C"}]},"inputs":[{"name":"src/main.c","size":42,"sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","md5":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"}],"outputs":["out/*.o","*.log"],"tags":["arm64","linux"],"timeout":"PT1M30S","maxTime":"PT2H0.000000001S","exclusive":true,"maxAttempts":3}',
  '[{"number":1,"worker":"w1","startedAt":"2026-01-31T12:00:00.123456789Z","endedAt":"2026-01-31T12:00:00.124456789Z","outcome":"worker lost"},{"number":3,"worker":"w1","startedAt":"2026-01-31T12:00:02.123456789Z"}]',
  '{"at":"2026-01-31T12:00:09.123456789Z","reason":"no \"worker\" left","outputs":[]}');
INSERT INTO job VALUES (
  6,
  'CANCELLED',
  -7,
  '2026-01-31T12:00:00.123456789Z',
  3,
  NULL,
  '{"work":{"kind":"shell","command":["cc","-o","a b","\uD83D\uDE00"],"environment":[{"name":"A","value":""},{"name":"LANG","value":"C"}]},"inputs":[{"name":"src/main.c","size":42,"sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","md5":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"}],"outputs":["out/*.o","*.log"],"tags":["arm64","linux"],"timeout":"PT1M30S","maxTime":"PT2H0.000000001S","exclusive":true,"maxAttempts":3}',
  '[{"number":1,"worker":"w1","startedAt":"2026-01-31T12:00:00.123456789Z","endedAt":"2026-01-31T12:00:00.124456789Z","outcome":"worker lost"},{"number":3,"worker":"w1","startedAt":"2026-01-31T12:00:02.123456789Z"}]',
  '{"at":"2026-01-31T12:00:09.123456789Z","reason":"no \"worker\" left","outputs":[]}');

INSERT INTO log VALUES (
  1,
  1,
  3,
  'stdout',
  '2026-01-31T12:00:00.123456789Z',
  'größe
');
INSERT INTO log VALUES (
  1,
  2,
  3,
  'stderr',
  '2026-01-31T12:00:00.123456789Z',
  x'00680061006c00660020d83d');
INSERT INTO log VALUES (
  1,
  3,
  3,
  'header',
  '2026-01-31T12:00:00.123456789Z',
  '');

INSERT INTO worker VALUES (
  'w1',
  'hbqueue',
  '5ebe2294ecd0e0f08eab7690d2a6ee69',
  '2026-01-31T12:00:00.123456789Z');
