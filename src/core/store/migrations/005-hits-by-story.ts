/**
 * Hits stand in the order of stories, in which they come: one tree less to write. Those of one alert are found by an index of its
 * own, the unseen ones first: its list and its counts read no others.
 */
export const sql = `
CREATE TABLE hit_by_story (
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  alert_id INTEGER NOT NULL REFERENCES alert(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (story_id, alert_id)
) STRICT, WITHOUT ROWID;
INSERT INTO hit_by_story (story_id, alert_id, at, seen)
  SELECT story_id, alert_id, at, seen FROM hit ORDER BY story_id, alert_id;
DROP TABLE hit;
ALTER TABLE hit_by_story RENAME TO hit;
CREATE INDEX hit_at ON hit(at, story_id, alert_id);
CREATE INDEX hit_alert ON hit(alert_id, seen, at);
`
