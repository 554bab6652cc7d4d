/**
 * From when to when an event reaches, so that the largest events of a time are found without going over each day's counts. Both
 * may reach too far, never too short: a story that leaves its event does not shorten it.
 */
export const sql = `
ALTER TABLE event ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
UPDATE event SET first = span.first, last = span.last
  FROM (SELECT event AS id, min(docid) AS first, max(docid) AS last FROM story_event GROUP BY event) AS span
  WHERE span.id = event.id;
CREATE INDEX event_span ON event(last, first, stories);
`
