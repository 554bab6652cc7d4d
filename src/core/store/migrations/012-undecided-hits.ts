/**
 * Hits that wait for their decision are few, and asked for whenever the clock is looked at. And an alert knows the query that its
 * hits and its history are in line with, so that what a change began and did not end is taken up again.
 */
export const sql = `
CREATE INDEX hit_undecided ON hit(at, story_id) WHERE decision <> '' AND decision ->> 'outcome' IS NULL;

-- '' where it is to be brought in line with the archive (alerts/revising.ts).
ALTER TABLE alert ADD COLUMN revised TEXT NOT NULL DEFAULT '';
UPDATE alert SET revised = query WHERE settings ->> '$.trigger.kind' IS NULL OR settings ->> '$.trigger.kind' IN ('each', 'digest');
`
