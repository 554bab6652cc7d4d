/**
 * Stories on one happening are one event (events/gathering.ts). A story without a line here has not had its turn: it counts as
 * an event of its own. What an archive holds already is gathered in the background.
 */
export const sql = `
-- Which event a story is of. Beside the story, whose row is long: what counts events reads these alone.
CREATE TABLE story_event (
  docid INTEGER PRIMARY KEY,
  event INTEGER NOT NULL,
  source_id INTEGER NOT NULL
) STRICT;
CREATE INDEX story_event_event ON story_event(event, source_id);

-- Events of several stories, and those that the person gave a name. A story alone needs no line.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  stories INTEGER NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  -- Its most central stories by language, as JSON {language: story id}; '' until they are looked for.
  headlines TEXT NOT NULL DEFAULT '',
  -- How many stories it had when they were looked for.
  headlined INTEGER NOT NULL DEFAULT 0,
  -- The event that its stories are being moved to; NULL where they stay.
  moving INTEGER
) STRICT;
CREATE INDEX event_moving ON event(moving) WHERE moving IS NOT NULL;

-- Stories of events that have several, per theme * local day * event * source; theme 0 counts all stories.
CREATE TABLE event_day (
  theme_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  event INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  PRIMARY KEY (theme_id, day, event, source_id)
) STRICT, WITHOUT ROWID;

-- What was done to events, by the engine or a person, and which stories it moved from which event.
CREATE TABLE event_change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'take-out', 'put-in', 'rename')),
  by TEXT NOT NULL CHECK (by IN ('engine', 'person')),
  event INTEGER NOT NULL,
  other INTEGER,
  -- The name before.
  name TEXT NOT NULL DEFAULT '',
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX event_change_event ON event_change(event, seq);
CREATE INDEX event_change_other ON event_change(other, seq) WHERE other IS NOT NULL;
CREATE TABLE event_move (
  change INTEGER NOT NULL,
  story_id INTEGER NOT NULL,
  PRIMARY KEY (change, story_id)
) STRICT, WITHOUT ROWID;

-- The person's word on a story: it belongs to this event (1), or does not (-1).
CREATE TABLE event_pin (
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  event INTEGER NOT NULL,
  verdict INTEGER NOT NULL CHECK (verdict IN (-1, 1)),
  at INTEGER NOT NULL,
  PRIMARY KEY (story_id, event)
) STRICT, WITHOUT ROWID;

-- What the clusterer knows (events/memory.ts): the state as it was last written, and what has come since. No line: nothing.
CREATE TABLE cluster_state (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- The last line of the journal, also where it is no longer there; a story's id up to which all have their events.
  seq INTEGER NOT NULL DEFAULT 0,
  gathered INTEGER NOT NULL DEFAULT 0,
  -- What the written state has taken in of the journal, and which pages it stands on.
  saved INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE cluster_journal (
  seq INTEGER PRIMARY KEY,
  entry TEXT NOT NULL,
  reading BLOB
) STRICT;
CREATE TABLE cluster_page (
  pages INTEGER NOT NULL,
  part TEXT NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (pages, part, number)
) STRICT;
CREATE TABLE cluster_member (story INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
`
