import { localDayReader } from '../localTime.ts'
import type { WritableDb } from './connection.ts'
import { PER_SECOND } from './docid.ts'
import { ALL_STORIES } from './tags.ts'

/** Clocks are set by quarters of an hour: all stories of one quarter fall on one local day. */
const QUARTER_SECONDS = 900

/**
 * Makes the daily counts, their totals and those by event anew from stories and tags: they are kept by local days, and the zone has changed.
 * @param timeZone IANA zone of the days
 */
export function recount(db: WritableDb, timeZone: string): void {
  const dayOf = localDayReader(timeZone)
  const stories = db
    .prepare('SELECT CAST(docid / ? AS INTEGER), source_id, count(*) FROM story GROUP BY 1, 2')
    .raw()
  const tags = db
    .prepare(
      `SELECT tag.theme_id, CAST(tag.docid / ? AS INTEGER), story.source_id, count(*) FROM tag JOIN story ON story.id = tag.story_id
       GROUP BY 1, 2, 3`,
    )
    .raw()
  const add = db.prepare(
    `INSERT INTO daily (theme_id, day, source_id, stories) VALUES (?, ?, ?, ?)
     ON CONFLICT (theme_id, day, source_id) DO UPDATE SET stories = stories + excluded.stories`,
  )
  const docidsPerQuarter = QUARTER_SECONDS * PER_SECOND
  const day = (quarter: number): number => dayOf(quarter * QUARTER_SECONDS * 1000)
  db.transact(() => {
    db.exec('DELETE FROM daily')
    for (const [quarter, source, n] of stories.all(docidsPerQuarter) as [number, number, number][])
      add.run(ALL_STORIES, day(quarter), source, n)
    for (const [theme, quarter, source, n] of tags.all(docidsPerQuarter) as [
      number,
      number,
      number,
      number,
    ][])
      add.run(theme, day(quarter), source, n)
    db.exec(
      'DELETE FROM total; INSERT INTO total SELECT theme_id, source_id, sum(stories) FROM daily GROUP BY 1, 2',
    )
    recountEvents(db, day)
  })
}

/** @param day the local day of a quarter */
function recountEvents(db: WritableDb, day: (quarter: number) => number): void {
  db.exec(`
    UPDATE event SET stories = (SELECT count(*) FROM story_event WHERE story_event.event = event.id);
    INSERT INTO event (id, stories) SELECT event, count(*) FROM story_event WHERE true GROUP BY event HAVING count(*) > 1
    ON CONFLICT (id) DO NOTHING;
    UPDATE event SET (first, last) = (SELECT ifnull(min(docid), 0), ifnull(max(docid), 0) FROM story_event WHERE story_event.event = event.id);
    DELETE FROM event_day`)
  const add = db.prepare(
    `INSERT INTO event_day (theme_id, day, event, source_id, stories) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (theme_id, day, event, source_id) DO UPDATE SET stories = stories + excluded.stories`,
  )
  const shared = 'event IN (SELECT id FROM event WHERE stories > 1)'
  const counted = [
    `SELECT ${ALL_STORIES}, CAST(docid / ? AS INTEGER), event, source_id, count(*) FROM story_event
     WHERE ${shared} GROUP BY 2, 3, 4`,
    `SELECT tag.theme_id, CAST(tag.docid / ? AS INTEGER), event, source_id, count(*)
     FROM tag JOIN story_event ON story_event.docid = tag.docid WHERE ${shared} GROUP BY 1, 2, 3, 4`,
  ]
  for (const sql of counted)
    for (const row of db
      .prepare(sql)
      .raw()
      .all(QUARTER_SECONDS * PER_SECOND)) {
      const [theme, quarter, event, source, n] = row as [number, number, number, number, number]
      add.run(theme, day(quarter), event, source, n)
    }
}

/** Gives hits the local days of their stories anew, and counts them by these. @param timeZone IANA zone of the days */
export function recountHits(db: WritableDb, timeZone: string): void {
  const dayOf = localDayReader(timeZone)
  const docidsPerQuarter = QUARTER_SECONDS * PER_SECOND
  db.transact(() => {
    db.exec('CREATE TEMP TABLE day_of_quarter (quarter INTEGER PRIMARY KEY, day INTEGER NOT NULL)')
    const quarters = db
      .prepare<[number], number>(
        'SELECT DISTINCT CAST(docid / ? AS INTEGER) FROM hit JOIN story ON story.id = hit.story_id',
      )
      .pluck()
      .all(docidsPerQuarter)
    const add = db.prepare('INSERT INTO day_of_quarter VALUES (?, ?)')
    for (const quarter of quarters) add.run(quarter, dayOf(quarter * QUARTER_SECONDS * 1000))
    db.prepare(
      `UPDATE hit SET day = (SELECT day FROM story JOIN day_of_quarter ON quarter = CAST(story.docid / ? AS INTEGER)
         WHERE story.id = hit.story_id)`,
    ).run(docidsPerQuarter)
    db.exec(`DROP TABLE day_of_quarter; DELETE FROM hit_day;
      INSERT INTO hit_day SELECT alert_id, day, count(*) FROM hit GROUP BY 1, 2`)
  })
}
