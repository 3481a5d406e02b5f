-- What version 1 of the schema has of an attempt with outputs. Never changed: see StoredFormTest.
INSERT INTO job VALUES (
  7,
  'RUNNING',
  -7,
  '2026-01-31T12:00:00.123456789Z',
  3,
  'w1',
  '{"work":{"kind":"shell","command":["cc","-o","a b","\uD83D\uDE00"],"environment":[{"name":"A","value":""},{"name":"LANG","value":"C"}]},"inputs":[{"name":"src/main.c","size":42,"sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","md5":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"}],"outputs":["out/*.o","*.log"],"tags":["arm64","linux"],"timeout":"PT1M30S","maxTime":"PT2H0.000000001S","exclusive":true,"maxAttempts":3}',
  '[{"number":1,"worker":"w1","startedAt":"2026-01-31T12:00:00.123456789Z","endedAt":"2026-01-31T12:00:00.124456789Z","outcome":"worker lost"},{"number":3,"worker":"w1","startedAt":"2026-01-31T12:00:02.123456789Z","outputs":[{"name":"out/größe.o","size":0,"sha256":"1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a","md5":"1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b"}]}]',
  NULL);
