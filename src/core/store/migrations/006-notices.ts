/**
 * What alerts have to tell. A notice is written in its story's transaction, at most one for an alert and the newest story it is
 * about, and waits in the outbox of each channel until it is told there. A delivery is one attempt.
 */
export const sql = `
CREATE TABLE notice (
  -- Never used twice: a channel knows a repeat by it.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  -- How many hits it tells of.
  hits INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX notice_once ON notice(story_id, alert_id);

CREATE TABLE outbox (
  notice_id INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  -- Epoch ms of the next attempt; 0 before the first.
  due INTEGER NOT NULL,
  PRIMARY KEY (notice_id, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  notice_id INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  -- From 1.
  attempt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('delivered', 'failed', 'given-up')),
  message TEXT NOT NULL,
  PRIMARY KEY (notice_id, channel, attempt)
) STRICT, WITHOUT ROWID;
`
