import type { FetchRecord } from '../../api/contract/sources.ts'
import { Problem } from '../problem.ts'
import type { WritableDb } from './connection.ts'
import { publishedOf } from './docid.ts'
import { rowUpdate } from './rowUpdate.ts'

export type SourceKind = 'state' | 'public' | 'independent' | 'wire' | 'institution' | 'unknown'

/** A source as it is kept. Times are epoch milliseconds. */
export interface SourceRecord {
  readonly id: number
  readonly url: string
  readonly feed_title: string
  readonly custom_title: string
  readonly link: string
  readonly language: string
  readonly country: string
  readonly bloc: string
  readonly kind: SourceKind
  readonly added: number
  readonly paused: 0 | 1
  readonly ended: 0 | 1
  readonly secret: string
  readonly keep_days: number | null
  readonly keep_stories: number | null
  readonly etag: string
  readonly last_modified: string
  readonly body_hash: string
  readonly poll_minutes: number | null
  readonly last_fetch: number | null
  readonly last_success: number | null
  readonly next_poll: number | null
  readonly next_poll_why: string
  readonly failures: number
  readonly error_code: string
  readonly error_message: string
}

/** The title people see: their own, else the feed's, else the address. */
export function titleOf(source: Pick<SourceRecord, 'custom_title' | 'feed_title' | 'url'>): string {
  return source.custom_title || source.feed_title || source.url
}

export interface NewSource {
  readonly url: string
  readonly title?: string | undefined
  readonly language?: string | undefined
  readonly country?: string | undefined
  readonly bloc?: string | undefined
  readonly kind?: SourceKind | undefined
}

/** The outcome of one fetch: a line of the source's log. */
export interface FetchOutcome {
  readonly at: number
  readonly ms: number
  readonly status: number | null
  readonly bytes: number
  readonly added: number
  readonly updated: number
  readonly skipped: number
  readonly notes: readonly string[]
  readonly error: { code: string; message: string } | null
}

export type SourceUpdate = Partial<Omit<SourceRecord, 'id' | 'added'>>

export interface SourceStore {
  all(): SourceRecord[]
  /** @throws Problem NOT_FOUND */
  get(id: number): SourceRecord
  has(id: number): boolean
  byUrl(url: string): SourceRecord | undefined
  /** @throws Problem CONFLICT where a source has this address already */
  add(source: NewSource, now: number): SourceRecord
  update(id: number, change: SourceUpdate): void
  record(id: number, outcome: FetchOutcome): void
  /** Newest first. */
  log(id: number, limit: number): FetchRecord[]
  /** Sources whose next poll is due, most overdue first. */
  due(now: number): SourceRecord[]
  nextPoll(): number | null
  /** Deletes the source, its stories and its log. */
  remove(id: number): void
  /** Stories held per source. */
  counts(): Map<number, number>
  /** When the newest stories of a source were published (ms), newest first. */
  published(id: number, limit: number): number[]
}

/** Lines of its log that a source keeps. */
const KEPT_FETCHES = 200

export function sourceStore(db: WritableDb): SourceStore {
  const all = db.prepare('SELECT * FROM source ORDER BY id')
  const get = db.prepare('SELECT * FROM source WHERE id = ?')
  const byUrl = db.prepare('SELECT * FROM source WHERE url = ?')
  const insert = db.prepare(
    `INSERT INTO source (url, custom_title, language, country, bloc, kind, added, next_poll)
     VALUES (@url, @title, @language, @country, @bloc, @kind, @now, @nextPoll)`,
  )
  const record = db.prepare(
    `INSERT INTO fetch_record (source_id, at, ms, status, bytes, added, updated, skipped, notes, error_code, error_message)
     VALUES (@id, @at, @ms, @status, @bytes, @added, @updated, @skipped, @notes, @code, @message)`,
  )
  const trim = db.prepare(
    `DELETE FROM fetch_record WHERE source_id = @id AND id <=
       (SELECT id FROM fetch_record WHERE source_id = @id ORDER BY id DESC LIMIT 1 OFFSET @kept)`,
  )
  const log = db.prepare('SELECT * FROM fetch_record WHERE source_id = ? ORDER BY id DESC LIMIT ?')
  const due = db.prepare(
    'SELECT * FROM source WHERE paused = 0 AND ended = 0 AND next_poll <= ? ORDER BY next_poll',
  )
  const nextPoll = db.prepare('SELECT min(next_poll) FROM source WHERE paused = 0 AND ended = 0').pluck()
  const remove = db.prepare('DELETE FROM source WHERE id = ?')
  const counts = db.prepare('SELECT source_id, stories FROM total WHERE theme_id = 0').raw()
  const published = db
    .prepare('SELECT docid FROM story WHERE source_id = ? ORDER BY docid DESC LIMIT ?')
    .pluck()
  const update = rowUpdate<SourceRecord>(db, 'source')

  const store: SourceStore = {
    all: () => all.all() as SourceRecord[],
    get(id) {
      const row = get.get(id) as SourceRecord | undefined
      if (row === undefined) throw new Problem('NOT_FOUND', 'This source is no longer there.')
      return row
    },
    has: (id) => get.get(id) !== undefined,
    byUrl: (url) => byUrl.get(url) as SourceRecord | undefined,
    add(source, now) {
      const there = store.byUrl(source.url)
      if (there !== undefined)
        throw new Problem('CONFLICT', `${source.url} is among your sources already, as “${titleOf(there)}”.`)
      const { lastInsertRowid } = insert.run({
        url: source.url,
        title: source.title ?? '',
        language: source.language ?? '',
        country: source.country?.toUpperCase() ?? '',
        bloc: source.bloc?.toUpperCase() ?? '',
        kind: source.kind ?? 'unknown',
        now,
        nextPoll: source.url.startsWith(ARCHIVE_SCHEME) ? null : now,
      })
      return store.get(Number(lastInsertRowid))
    },
    update,
    record(id, { notes, error, ...numbers }) {
      record.run({
        ...numbers,
        id,
        notes: JSON.stringify(notes),
        code: error?.code ?? '',
        message: error?.message ?? '',
      })
      trim.run({ id, kept: KEPT_FETCHES })
    },
    log: (id, limit) =>
      (
        log.all(id, limit) as (Omit<FetchRecord, 'notes' | 'error'> & {
          notes: string
          error_code: string
          error_message: string
        })[]
      ).map((row) => ({
        id: row.id,
        at: row.at,
        ms: row.ms,
        status: row.status,
        bytes: row.bytes,
        added: row.added,
        updated: row.updated,
        skipped: row.skipped,
        notes: JSON.parse(row.notes) as string[],
        error: row.error_code === '' ? null : { code: row.error_code, message: row.error_message },
      })),
    due: (now) => due.all(now) as SourceRecord[],
    nextPoll: () => nextPoll.get() as number | null,
    remove: (id) => {
      remove.run(id)
    },
    counts: () => new Map(counts.all() as [number, number][]),
    published: (id, limit) => (published.all(id, limit) as number[]).map(publishedOf),
  }
  return store
}

/** Sources of imported archives have an address of their own kind and are never polled. */
export const ARCHIVE_SCHEME = 'archive:'
