/** What tests ask of a closed archive's tables. */
import { openDatabase } from './open.ts'

/** The rows of one question to the database of a data folder, each an array of its columns. */
export function rowsIn(folder: string, sql: string): unknown[] {
  const db = openDatabase(folder)
  try {
    return db.prepare(sql).raw().all()
  } finally {
    db.close()
  }
}

/** The daily counts as kept (theme, day, source, stories); what stories and tags say is `recountedIn`. */
export function countedIn(folder: string): unknown[] {
  return rowsIn(
    folder,
    'SELECT theme_id, day, source_id, stories FROM daily WHERE stories != 0 ORDER BY 1, 2, 3',
  )
}

/** @param ahead seconds that the archive's time zone is ahead of UTC */
export function recountedIn(folder: string, ahead = 0): unknown[] {
  const day = `(published / 1000 + ${ahead}) / 86400`
  return rowsIn(
    folder,
    `SELECT 0, ${day}, source_id, count(*) FROM story GROUP BY 1, 2, 3 UNION ALL
     SELECT theme_id, ${day}, source_id, count(*) FROM tag JOIN story ON story.id = tag.story_id
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  )
}
