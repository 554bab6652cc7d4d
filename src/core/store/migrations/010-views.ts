/** What the person saved of the dashboard: a range, a filter, what is counted, and which panels are shown. */
export const sql = `
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  -- Sorts the views; equal ones by id.
  place INTEGER NOT NULL,
  -- JSON, as the contract has them.
  range TEXT NOT NULL,
  panels TEXT NOT NULL,
  filter TEXT NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('events', 'stories')),
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1))
) STRICT;
`
