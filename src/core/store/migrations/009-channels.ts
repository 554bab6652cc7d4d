/**
 * Where an alert tells its notices beside the inbox. What leads there (an address, a key) is in a file of its own
 * (delivery/secrets.ts): the archive knows the host alone. A delivery stays although the stories that it told of are removed.
 */
export const sql = `
CREATE TABLE channel (
  -- Random: the secrets of another archive must not fit.
  id TEXT PRIMARY KEY,
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  -- 'webhook', 'ntfy', 'slack', 'teams', 'discord', 'telegram', 'mattermost', 'atom'.
  kind TEXT NOT NULL,
  -- Its host, or the folder of its file.
  place TEXT NOT NULL,
  content TEXT NOT NULL CHECK (content IN ('link', 'title', 'count')),
  -- 1: the person typed an address in a private network.
  private INTEGER NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  -- Why nothing more is sent there, as a sentence: the receiver said that it is gone. Null: it is not.
  ended TEXT,
  added INTEGER NOT NULL,
  -- When the person removed it; the log still names it.
  removed INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_alert ON channel(alert_id);

ALTER TABLE alert ADD COLUMN desktop INTEGER NOT NULL DEFAULT 1;

-- The status of the receiver's answer; null where there was none, or where none is given.
ALTER TABLE delivery ADD COLUMN http INTEGER;
CREATE INDEX delivery_channel ON delivery(channel, at);
CREATE INDEX outbox_due ON outbox(channel, due);

-- A notice whose last story is removed has nothing to show on the desktop; elsewhere it says how many there were.
DROP TRIGGER notice_hit_removed;
CREATE TRIGGER notice_hit_removed AFTER DELETE ON notice_hit BEGIN
  UPDATE notice SET story_id = (SELECT max(story_id) FROM notice_hit WHERE notice_id = OLD.notice_id)
    WHERE id = OLD.notice_id AND (story_id IS NULL OR story_id = OLD.story_id);
  DELETE FROM outbox WHERE notice_id = OLD.notice_id AND channel = 'desktop'
    AND (SELECT story_id FROM notice WHERE id = OLD.notice_id) IS NULL;
END;
`
