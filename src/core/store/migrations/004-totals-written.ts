/** The totals are written with the daily counts (tags.ts, counts.ts): a trigger for each row cost more than the row. */
export const sql = `
DROP TRIGGER daily_added;
DROP TRIGGER daily_changed;
DROP TRIGGER daily_gone;
`
