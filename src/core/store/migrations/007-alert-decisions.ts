/**
 * What an alert is beyond its query, what its decisions hang on, and what was decided of each hit. A notice is now about an event,
 * a story or a window: its key, unique for the alert, says which. It outlives its newest story, and names each hit it tells of.
 */
export const sql = `
-- How it decides (alerts/settings.ts), as JSON; what is left out is as by default.
ALTER TABLE alert ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE alert ADD COLUMN folder TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN colour INTEGER;
ALTER TABLE alert ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- What an alert's next decision hangs on (alerts/state.ts), as JSON, and when the clock alone makes one due, epoch ms.
CREATE TABLE alert_state (
  alert_id INTEGER PRIMARY KEY REFERENCES alert(id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  due INTEGER
) STRICT;
CREATE INDEX alert_state_due ON alert_state(due) WHERE due IS NOT NULL;

-- What an alert has told of an event (alerts/state.ts), as JSON. The event's number is the store's; no event, no row.
CREATE TABLE alert_event (
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  event INTEGER NOT NULL,
  mark TEXT NOT NULL,
  PRIMARY KEY (alert_id, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_event_event ON alert_event(event);

-- 0 new, 1 seen, 2 snoozed, 3 dismissed.
ALTER TABLE hit RENAME COLUMN seen TO state;
-- Until when it is snoozed, epoch ms; null: until its event grows.
ALTER TABLE hit ADD COLUMN until INTEGER;
ALTER TABLE hit ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
-- 0: the alert's query was changed since and no longer matches.
ALTER TABLE hit ADD COLUMN fits INTEGER NOT NULL DEFAULT 1;
-- What was decided of it and why (alerts/decision.ts), as JSON; '' for hits from before decisions were kept.
ALTER TABLE hit ADD COLUMN decision TEXT NOT NULL DEFAULT '';
CREATE INDEX hit_snoozed ON hit(until) WHERE state = 2 AND until IS NOT NULL;
CREATE INDEX hit_starred ON hit(at, story_id, alert_id) WHERE starred = 1;

CREATE TABLE notice_by_key (
  -- Never used twice: a channel knows a repeat by it.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  -- 'event:7', 'story:12', 'window:3' …
  key TEXT NOT NULL,
  -- The one event it is about; null for none or several.
  event INTEGER,
  trigger TEXT NOT NULL,
  -- 1 to 5, highest last.
  priority INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- The newest story it tells of; null where that was removed.
  story_id INTEGER REFERENCES story(id) ON DELETE SET NULL,
  -- How many hits it tells of.
  hits INTEGER NOT NULL,
  -- What it says beside its hits, as a sentence; '' for nothing.
  words TEXT NOT NULL
) STRICT;
INSERT INTO notice_by_key (id, alert_id, key, trigger, priority, at, story_id, hits, words)
  SELECT id, alert_id, 'story:' || story_id, 'each', 3, at, story_id, hits, '' FROM notice;
DELETE FROM sqlite_sequence WHERE name = 'notice_by_key';
INSERT INTO sqlite_sequence (name, seq) SELECT 'notice_by_key', seq FROM sqlite_sequence WHERE name = 'notice';

CREATE TABLE outbox_by_key (
  notice_id INTEGER NOT NULL REFERENCES notice_by_key(id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  -- Epoch ms of the next attempt; 0 before the first.
  due INTEGER NOT NULL,
  PRIMARY KEY (notice_id, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_by_key SELECT notice_id, channel, due FROM outbox;

CREATE TABLE delivery_by_key (
  notice_id INTEGER NOT NULL REFERENCES notice_by_key(id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  -- From 1.
  attempt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('delivered', 'failed', 'given-up')),
  message TEXT NOT NULL,
  PRIMARY KEY (notice_id, channel, attempt)
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_by_key SELECT notice_id, channel, attempt, at, status, message FROM delivery;

-- Children first: a parent that is dropped takes its children's rows along.
DROP TABLE delivery;
DROP TABLE outbox;
DROP TABLE notice;
ALTER TABLE notice_by_key RENAME TO notice;
ALTER TABLE outbox_by_key RENAME TO outbox;
ALTER TABLE delivery_by_key RENAME TO delivery;
CREATE UNIQUE INDEX notice_once ON notice(alert_id, key);
CREATE INDEX notice_story ON notice(story_id);

-- The hits that a notice tells of.
CREATE TABLE notice_hit (
  notice_id INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  PRIMARY KEY (notice_id, story_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_hit_story ON notice_hit(story_id);
INSERT INTO notice_hit SELECT id, story_id FROM notice WHERE story_id IS NOT NULL;
-- A story that is removed leaves the notice to the others that it tells of; without any it has nothing to tell.
CREATE TRIGGER notice_hit_removed AFTER DELETE ON notice_hit BEGIN
  UPDATE notice SET story_id = (SELECT max(story_id) FROM notice_hit WHERE notice_id = OLD.notice_id)
    WHERE id = OLD.notice_id AND (story_id IS NULL OR story_id = OLD.story_id);
  DELETE FROM notice WHERE id = OLD.notice_id AND story_id IS NULL;
END;
`
