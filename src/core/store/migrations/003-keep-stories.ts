/** Retention of one source by number: its newest so many stories stay. NULL: as in general. */
export const sql = `
ALTER TABLE source ADD COLUMN keep_stories INTEGER;
`
