/** What can still be read of a damaged archive, copied into a new one. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { indexEntry } from '../query/fulltext/indexEntry.ts'
import type { Connection } from './connection.ts'
import { StoreError, storeError, storeFailure } from './failure.ts'
import { ARCHIVE_FILE, openDatabase, PAGE_SIZE } from './open.ts'
import { recount } from './recount.ts'

/** The rows of one table. */
export interface RescuedTable {
  readonly name: string
  readonly kept: number
  /** null where there is no telling how many there were. */
  readonly lost: number | null
}

export interface Rescued {
  readonly archive: string
  /** Where the damaged file is kept. */
  readonly damaged: string
  /** Tables that hold anything, or did. */
  readonly tables: readonly RescuedTable[]
}

/**
 * Copies every readable row of an archive into a new one, which takes its place; the old file is kept beside it. What is
 * derived (the word index, the daily counts) is made anew from the stories, so damage to it costs nothing.
 *
 * Nobody else may have the archive open.
 * @param timeZone IANA zone of the daily counts, where the archive's own cannot be read
 * @throws StoreError where there is no archive, or nothing of it can be read; the archive is then as it was
 */
export function rescue(dataDir: string, timeZone: string): Rescued {
  const archive = join(dataDir, ARCHIVE_FILE)
  if (!existsSync(archive))
    throw new StoreError('gone', `There is no archive at ${archive}: nothing can be copied.`)
  const workshop = mkdtempSync(join(dataDir, 'rescue-'))
  try {
    const tables = copyAll(archive, workshop, timeZone)
    const damaged = unused(`${archive}.damaged`)
    for (const end of ['', '-wal', '-shm'])
      if (existsSync(archive + end)) renameSync(archive + end, damaged + end)
    renameSync(join(workshop, ARCHIVE_FILE), archive)
    return { archive, damaged, tables }
  } catch (error) {
    throw storeFailure(error, archive)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

function copyAll(archive: string, workshop: string, timeZone: string): RescuedTable[] {
  let from: Database.Database | undefined
  const to = openDatabase(workshop)
  try {
    let old: ReadonlySet<string>
    try {
      try {
        ;({ from, old } = opened(archive))
      } catch {
        ;({ from, old } = opened(withNewHeader(archive, workshop)))
      }
    } catch (error) {
      throw new StoreError(
        'unreadable',
        `Nothing can be read of the archive ${archive}: its beginning is damaged, or it is no archive. Put back a copy of it.`,
        { cause: error },
      )
    }
    if (!old.has('story') || !old.has('source')) throw storeError('foreign', archive)
    // Rows whose parents are lost go in, and are seen to at the end.
    to.pragma('foreign_keys = OFF')
    const tables = tablesOf(to)
      .filter(({ name }) => old.has(name))
      .map((table) => ({ ...copyTable(from as Database.Database, to, table), name: table.name }))
    dropIllegible(to)
    mendConcepts(to)
    mendReferences(to)
    mendEvents(to)
    indexStories(to)
    recount(to, zoneOf(to) ?? timeZone)
    // A parent that is lost takes its rows along: they are counted when all is done.
    return tables
      .map(({ name, kept, lost }) => {
        const left = rowsIn(to, name)
        const orphans = Math.max(0, kept - left)
        return { name, kept: left, lost: lost === null ? null : lost + orphans }
      })
      .filter(({ kept, lost }) => kept > 0 || lost !== 0)
  } finally {
    from?.close()
    to.close()
  }
}

/** A damaged archive, and the tables that it names. @throws where it names none */
function opened(archive: string): { from: Database.Database; old: ReadonlySet<string> } {
  const from = new Database(archive, { readonly: true })
  try {
    // Else a file that is shorter than its beginning says is not read at all. Nothing is written to it.
    from.unsafeMode()
    from.pragma('writable_schema = ON')
    const tables = from.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return { from, old: new Set(tables.pluck().all()) }
  } catch (error) {
    from.close()
    throw error
  }
}

/** A copy of an archive with the first hundred bytes that it was written with: what they say is the same for all. */
function withNewHeader(archive: string, workshop: string): string {
  const copy = join(workshop, 'beginning.sqlite')
  copyFileSync(archive, copy)
  const log = existsSync(`${archive}-wal`)
  if (log) copyFileSync(`${archive}-wal`, `${copy}-wal`)
  // https://www.sqlite.org/fileformat.html, section 1.3.
  const header = new Uint8Array(100)
  header.set(new TextEncoder().encode('SQLite format 3\0'))
  header.set([log ? 2 : 1, log ? 2 : 1, 0, 64, 32, 32], 18)
  const numbers = new DataView(header.buffer)
  numbers.setUint16(16, PAGE_SIZE)
  numbers.setUint32(24, 1)
  numbers.setUint32(28, Math.ceil(statSync(archive).size / PAGE_SIZE))
  numbers.setUint32(44, 4)
  numbers.setUint32(56, 1)
  numbers.setUint32(92, 1)
  const file = openSync(copy, 'r+')
  writeSync(file, header)
  closeSync(file)
  return copy
}

interface Table {
  readonly name: string
  readonly hasRowid: boolean
}

/** The tables that are copied: not those that are made anew. */
function tablesOf(db: Connection): Table[] {
  const rows = db
    .prepare<[], { name: string; wr: number }>(
      `SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
       AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT IN ('daily', 'total', 'event_day', 'hit_total', 'hit_day', 'mention', 'entity') ORDER BY name`,
    )
    .all()
  return rows.map(({ name, wr }) => ({ name, hasRowid: wr === 0 }))
}

/** Seeks in a damaged table: each is a look into some pages. */
const MOST_SEEKS = 200_000

function copyTable(
  from: Database.Database,
  to: Connection,
  { name, hasRowid }: Table,
): { kept: number; lost: number | null } {
  const ofTable = `SELECT name FROM pragma_table_info('${name}')`
  const known = new Set(to.prepare<[], string>(ofTable).pluck().all())
  const columns = from
    .prepare<[], string>(ofTable)
    .pluck()
    .all()
    .filter((column) => known.has(column))
  const list = columns.join(', ')
  const insert = to.prepare<unknown[]>(
    `INSERT OR IGNORE INTO ${name} (${list}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  let kept = 0
  const keep = (row: unknown[]): void => {
    try {
      kept += insert.run(...row).changes
    } catch (error) {
      // A value that is not of its column's type was damaged; anything else concerns all rows.
      if (error instanceof StoreError) throw error
    }
  }
  let isDamaged = false
  /** Keeps the rows of a statement up to the first that cannot be read. @returns whether all could */
  const keepAll = (rows: () => IterableIterator<unknown>, each: (row: unknown[]) => void): boolean => {
    try {
      for (const row of rows()) each(row as unknown[])
      return true
    } catch (error) {
      if (error instanceof StoreError) throw error
      isDamaged = true
      return false
    }
  }

  to.transact(() => {
    if (!hasRowid) {
      const all = (order: string) => () =>
        from.prepare(`SELECT ${list} FROM ${name} ${order}`).raw().iterate()
      const key = from
        .prepare(`SELECT name FROM pragma_table_info('${name}') WHERE pk > 0 ORDER BY pk`)
        .pluck()
        .all() as string[]
      if (!keepAll(all(''), keep))
        keepAll(all(`ORDER BY ${key.map((column) => `${column} DESC`).join(', ')}`), keep)
      return
    }
    const range = `FROM ${name} WHERE rowid BETWEEN ? AND ? ORDER BY rowid`
    const forward = from.prepare(`SELECT rowid, ${list} ${range}`).raw()
    const backward = from.prepare(`SELECT rowid, ${list} ${range} DESC`).raw()
    let seeks = 0
    /** Reads from both ends towards the damage, then the halves of what lies between. */
    const salvage = (low: number, high: number): void => {
      if (low > high || seeks > MOST_SEEKS) return
      seeks += 2
      let last = low - 1
      const up = keepAll(
        () => forward.iterate(low, high),
        ([rowid, ...row]) => {
          keep(row)
          last = Number(rowid)
        },
      )
      if (up) return
      let first = high + 1
      keepAll(
        () => backward.iterate(last + 1, high),
        ([rowid, ...row]) => {
          keep(row)
          first = Number(rowid)
        },
      )
      const start = last + 1
      const end = first - 1
      if (start >= end) return
      const middle = Math.floor((start + end) / 2)
      salvage(start, middle)
      salvage(middle + 1, end)
    }
    salvage(1, lastRowid(from, name))
  })
  const there = countOf(from, name)
  return { kept, lost: there === null ? (isDamaged ? null : 0) : Math.max(0, there - kept) }
}

/** The last row of a table; far beyond it where that cannot be read. */
function lastRowid(db: Database.Database, name: string): number {
  for (const sql of [
    `SELECT max(rowid) FROM ${name}`,
    `SELECT seq FROM sqlite_sequence WHERE name = '${name}'`,
  ])
    try {
      const last = db.prepare(sql).pluck().get()
      if (last !== undefined) return Number(last ?? 0)
    } catch {
      // The next may be readable.
    }
  return 10_000_000
}

/** How many rows a table had: an index may be whole where the table isn't. null where nothing tells. */
function countOf(db: Database.Database, name: string): number | null {
  const ways = [
    `SELECT count(*) FROM ${name}`,
    ...(name === 'story' ? ['SELECT sum(stories) FROM total WHERE theme_id = 0'] : []),
  ]
  for (const sql of ways)
    try {
      return Number(db.prepare(sql).pluck().get() ?? 0)
    } catch {
      // The next may be readable.
    }
  return null
}

const rowsIn = (db: Connection, name: string): number =>
  db.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0

/** Rows that can be read, but whose lists cannot: damage inside a page. */
function dropIllegible(db: Connection): void {
  db.exec(`DELETE FROM concept WHERE NOT json_valid(forms) OR NOT json_valid(except_forms);
    UPDATE fetch_record SET notes = '[]' WHERE NOT json_valid(notes)`)
}

/** A concept that includes a lost one goes without it; one that is left with no form goes too. */
function mendConcepts(db: Connection): void {
  const all = db.prepare<[], { id: number; name: string; forms: string }>(
    'SELECT id, name, forms FROM concept',
  )
  const update = db.prepare('UPDATE concept SET forms = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM concept WHERE id = ?')
  for (let removed = true; removed; ) {
    removed = false
    const concepts = all.all()
    const names = new Set(concepts.map(({ name }) => `@${name}`))
    for (const { id, forms } of concepts) {
      const list = JSON.parse(forms) as string[]
      const left = list.filter((form) => !form.startsWith('@') || names.has(form))
      if (left.length === list.length) continue
      if (left.length > 0) update.run(JSON.stringify(left), id)
      else {
        remove.run(id)
        removed = true
      }
    }
  }
}

/** Stories keep a source, if only by its number; other rows go with the parent they have lost. */
function mendReferences(db: Connection): void {
  db.exec(`INSERT OR IGNORE INTO source (id, url, custom_title, added, paused)
    SELECT DISTINCT source_id, 'archive:rescued-' || source_id, 'Rescued source ' || source_id, 0, 1
    FROM story WHERE source_id NOT IN (SELECT id FROM source)`)
  for (let changed = 1; changed > 0; ) {
    changed = 0
    for (const { name } of tablesOf(db)) {
      const keys = db
        .prepare<[], { table: string; from: string; to: string | null; on_delete: string }>(
          `SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list('${name}')`,
        )
        .all()
      for (const { table, from, to, on_delete } of keys) {
        const lost = `${from} IS NOT NULL AND ${from} NOT IN (SELECT ${to ?? 'rowid'} FROM ${table})`
        const mend =
          on_delete === 'SET NULL'
            ? `UPDATE ${name} SET ${from} = NULL WHERE ${lost}`
            : `DELETE FROM ${name} WHERE ${lost}`
        changed += db.prepare(mend).run().changes
      }
    }
  }
}

/**
 * A story that had its event and lost the line of it is an event of its own from now on; what is said of stories that are gone goes.
 * Its number is new: so what the clusterer knows, which counts on with numbers of its own, is made anew (events/memory.ts).
 */
function mendEvents(db: Connection): void {
  db.exec(`DELETE FROM story_event WHERE docid NOT IN (SELECT docid FROM story);
    UPDATE event SET moving = NULL WHERE moving NOT IN (SELECT seq FROM event_change);
    DELETE FROM event_unfinished WHERE change NOT IN (SELECT seq FROM event_change)`)
  const { changes } = db
    .prepare(
      `INSERT INTO story_event (docid, event, source_id)
       SELECT docid, (SELECT ifnull(max(event), 0) FROM story_event) + row_number() OVER (ORDER BY docid), source_id
       FROM story WHERE docid NOT IN (SELECT docid FROM story_event) AND id <= (SELECT gathered FROM cluster_state)`,
    )
    .run()
  if (changes > 0)
    db.exec(`DELETE FROM cluster_page; DELETE FROM cluster_member; DELETE FROM cluster_journal;
      UPDATE cluster_state SET seq = 0, saved = 0, pages = 0`)
}

/** Stories read and indexed in one transaction. */
const BATCH = 500

function indexStories(db: Connection): void {
  const some = db.prepare<
    [number],
    {
      docid: number
      source_id: number
      title: string
      summary: string
      text: string
      url: string
      author: string
      lang: string
      published: number
    }
  >(
    `SELECT docid, source_id, title, summary, text, url, author, lang, published FROM story
     WHERE docid > ? ORDER BY docid LIMIT ${BATCH}`,
  )
  const insert = db.prepare<unknown[]>(
    'INSERT INTO story_words (rowid, title, summary, text, facets, spelling) VALUES (?, ?, ?, ?, ?, ?)',
  )
  for (let last = Number.MIN_SAFE_INTEGER; ; ) {
    const stories = some.all(last)
    const newest = stories.at(-1)
    if (newest === undefined) return
    db.transact(() => {
      for (const { docid, source_id, ...story } of stories) {
        const entry = indexEntry(story, source_id)
        insert.run(docid, entry.title, entry.summary, entry.text, entry.keywords, entry.spelling)
      }
    })
    last = newest.docid
  }
}

function zoneOf(db: Connection): string | undefined {
  const zone = db.prepare<[], string>("SELECT value FROM setting WHERE key = 'timeZone'").pluck().get()
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    return undefined
  }
}

function unused(file: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? file : `${file}-${n}`
    if (!['', '-wal', '-shm'].some((end) => existsSync(name + end))) return name
  }
}
