/** A change that moves many stories does it some at a time (intake/moving.ts): what is left of it stands here, and is gone on with after a restart. */
export const sql = `
CREATE TABLE event_unfinished (
  change INTEGER PRIMARY KEY,
  -- The id of the last of its stories that was seen to, and how many come after it.
  after INTEGER NOT NULL,
  remaining INTEGER NOT NULL
) STRICT;
`
