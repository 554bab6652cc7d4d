/** Sources, stories, tags and counts; alerts and the reader's state. */
export const sql = `
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  feed_title TEXT NOT NULL DEFAULT '',
  custom_title TEXT NOT NULL DEFAULT '',
  link TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  bloc TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'unknown',
  added INTEGER NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0,
  ended INTEGER NOT NULL DEFAULT 0,
  secret TEXT NOT NULL DEFAULT '',
  keep_days INTEGER,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  body_hash TEXT NOT NULL DEFAULT '',
  poll_minutes INTEGER,
  last_fetch INTEGER,
  last_success INTEGER,
  next_poll INTEGER,
  next_poll_why TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  error_code TEXT NOT NULL DEFAULT '',
  error_message TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE fetch_record (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  status INTEGER,
  bytes INTEGER NOT NULL,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  notes TEXT NOT NULL,
  error_code TEXT NOT NULL DEFAULT '',
  error_message TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX fetch_record_source ON fetch_record(source_id, id);

-- docid = published second * 2^20 + a counter within the second: docid order is published order.
CREATE TABLE story (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  docid INTEGER NOT NULL UNIQUE,
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  identity TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  trace INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  text TEXT NOT NULL,
  url TEXT NOT NULL,
  author TEXT NOT NULL,
  lang TEXT NOT NULL,
  published INTEGER NOT NULL,
  published_stated INTEGER,
  fetched INTEGER NOT NULL,
  copy_of INTEGER REFERENCES story(id) ON DELETE SET NULL,
  signature BLOB,
  edited INTEGER NOT NULL DEFAULT 0,
  UNIQUE (source_id, identity)
) STRICT;
CREATE INDEX story_source_docid ON story(source_id, docid);
CREATE INDEX story_trace ON story(source_id, trace);
CREATE INDEX story_fetched ON story(fetched, docid);
-- What a search looks up of each story that full text finds, without reading the story.
CREATE INDEX story_facts ON story(docid, source_id, fetched, copy_of);
CREATE INDEX story_copy ON story(copy_of) WHERE copy_of IS NOT NULL;

-- Near-duplicates share a band of their signatures (events/copies.ts).
CREATE TABLE copy_band (
  band INTEGER NOT NULL,
  docid INTEGER NOT NULL,
  story_id INTEGER NOT NULL,
  PRIMARY KEY (band, docid)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_html (
  story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,
  html TEXT NOT NULL
) STRICT;

CREATE TABLE story_version (
  id INTEGER PRIMARY KEY,
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX story_version_story ON story_version(story_id);

CREATE TABLE story_state (
  story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,
  read INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX story_starred ON story_state(story_id) WHERE starred = 1;
CREATE INDEX story_noted ON story_state(story_id) WHERE note <> '';

-- Fed with the words that words.ts made, never with raw text: 'ascii' then only splits at the spaces we put in.
-- The spelling is kept as it is given (query/spelling.ts).
CREATE VIRTUAL TABLE story_words USING fts5(
  title, summary, text, facets, spelling UNINDEXED,
  content='', contentless_delete=1, contentless_unindexed=1, tokenize='ascii'
);

-- Groups are rows too (kind 'group'): a group's tag is the union of its enabled themes, so it counts a story once.
CREATE TABLE theme (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('theme', 'group')),
  group_id INTEGER REFERENCES theme(id),
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  query TEXT NOT NULL DEFAULT '',
  threshold REAL NOT NULL DEFAULT 0,
  colour INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0,
  enabled INTEGER NOT NULL DEFAULT 1,
  -- The person changed it: a newer built-in pack leaves it alone.
  edited INTEGER NOT NULL DEFAULT 0,
  -- Its tags are not those of its query as it stands: a re-tag was cut short, or has not begun.
  stale INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER
) STRICT;

CREATE TABLE concept (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('person', 'organisation', 'place', 'topic')),
  forms TEXT NOT NULL,
  except_forms TEXT NOT NULL,
  as_of TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  -- A person changed or removed it: the next version of its pack leaves it so.
  edited INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER
) STRICT;

-- The tags that hold: the automatic ones, less and plus the person's corrections.
CREATE TABLE tag (
  theme_id INTEGER NOT NULL REFERENCES theme(id) ON DELETE CASCADE,
  docid INTEGER NOT NULL,
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  score REAL NOT NULL,
  by_person INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (theme_id, docid)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_story ON tag(story_id, theme_id);

CREATE TABLE correction (
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  theme_id INTEGER NOT NULL REFERENCES theme(id) ON DELETE CASCADE,
  verdict INTEGER NOT NULL CHECK (verdict IN (-1, 1)),
  at INTEGER NOT NULL,
  PRIMARY KEY (story_id, theme_id)
) STRICT, WITHOUT ROWID;

-- Stories per local day * theme * source; theme 0 counts all stories.
CREATE TABLE daily (
  theme_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  PRIMARY KEY (theme_id, day, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  query TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE hit (
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (alert_id, story_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hit_at ON hit(at, story_id, alert_id);
CREATE INDEX hit_story ON hit(story_id);
CREATE INDEX hit_unseen ON hit(alert_id) WHERE seen = 0;

-- Items that retention removed: they do not come back with the next fetch. Each by its identity and, should that change, by
-- 'again:' with trace, content and date.
CREATE TABLE forgotten (
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  identity TEXT NOT NULL,
  PRIMARY KEY (source_id, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_search (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  query TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE search_history (query TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
`
