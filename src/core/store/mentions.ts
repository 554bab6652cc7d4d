import type { WritableDb } from './connection.ts'

/**
 * Which entities each story names. Kept beside the stories as a line of characters, so that those of a year are read and counted in
 * a fraction of a second.
 */
export interface MentionStore {
  /** A story names these entities and no others. */
  put(docid: number, names: readonly string[]): void
  /** By number. */
  names(): ReadonlyMap<number, string>
  /** The stories with from ≤ docid < to that name any, some thousands at a time. */
  between(from: number, to: number): Generator<Mentions, void>
  /** Those of these stories that name any; some thousands at a time. */
  of(docids: ArrayLike<number>): Generator<Mentions, void>

  /**
   * These are the entities there are. Of those that are new or have other forms all stories have to be looked through.
   * @param definitions by name, what stands for the forms
   * @returns whether there are such
   */
  define(definitions: ReadonlyMap<string, string>): boolean
  /** Names of the entities that stories have yet to be looked through for. */
  stale(): string[]
  settle(names: readonly string[]): void
  /** The latest stories with a docid below `before`; null where there are none. */
  latest(before: number, count: number): Range | null
  /**
   * Of these entities, each story of the range names those that are found, and no others.
   * @param found by docid
   * @param except stories that stay as they are
   */
  replace(
    range: Pick<Range, 'from' | 'to'>,
    names: readonly string[],
    found: ReadonlyMap<number, readonly string[]>,
    except: ReadonlySet<number>,
  ): void
  /** Every story that `put` is given from now on, also by a transaction that is rolled back. */
  watch(): { readonly put: ReadonlySet<number>; end(): void }
}

/** The lowest and the highest docid of stories that follow each other, and how many they are. */
interface Range {
  readonly from: number
  readonly to: number
  readonly stories: number
}

/** What some stories name; of each the numbers of its entities, one story after the other. */
export interface Mentions {
  readonly entities: Uint32Array
  /** Where the entities of each story end. */
  readonly ends: Uint32Array
  /** The event of each; 0: it waits for its event. */
  readonly events: Float64Array
}

/** The character of entity 0: beyond the digits, in which the event follows. */
const FIRST = 0x100
/** Characters from here on stand for no text by themselves. */
const SURROGATES = 0xd800
const AFTER_SURROGATES = 0xe000
/** Stories read by one statement: some milliseconds. */
const AT_ONCE = 4096

const characterOf = (entity: number): string => {
  const code = FIRST + entity
  return String.fromCodePoint(code < SURROGATES ? code : code - SURROGATES + AFTER_SURROGATES)
}
const entityOf = (code: number): number =>
  (code < SURROGATES ? code : code - AFTER_SURROGATES + SURROGATES) - FIRST

export function mentionStore(db: WritableDb): MentionStore {
  const write = db.prepare(
    'INSERT INTO mention (docid, entities) VALUES (?, ?) ON CONFLICT (docid) DO UPDATE SET entities = excluded.entities',
  )
  const erase = db.prepare('DELETE FROM mention WHERE docid = ?')
  const all = db.prepare('SELECT id, name FROM entity').raw()
  const idOf = db.prepare('SELECT id FROM entity WHERE name = ?').pluck()
  const add = db.prepare('INSERT INTO entity (name) VALUES (?)')
  const definitions = db.prepare('SELECT name, definition FROM entity').raw()
  const redefine = db.prepare('UPDATE entity SET definition = ?, stale = 1 WHERE name = ?')
  const drop = db.prepare(`UPDATE entity SET definition = '', stale = 0 WHERE name = ?`)
  const stale = db.prepare('SELECT name FROM entity WHERE stale = 1 ORDER BY id').pluck()
  const settle = db.prepare('UPDATE entity SET stale = 0 WHERE name = ?')
  const latest = db.prepare(
    `SELECT min(docid) AS "from", max(docid) AS "to", count(*) AS stories FROM
       (SELECT docid FROM story INDEXED BY story_facts WHERE docid < ? ORDER BY docid DESC LIMIT ?)`,
  )
  const lines = db.prepare('SELECT docid, entities FROM mention WHERE docid >= ? AND docid <= ?').raw()
  const stories = db
    .prepare('SELECT docid FROM story INDEXED BY story_facts WHERE docid >= ? AND docid <= ?')
    .pluck()
  const text = `group_concat(entities || ifnull(event, ''), ' ')`
  const between = db.prepare(
    `SELECT max(docid) AS last, count(*) AS n, ${text} AS text FROM (
       SELECT mention.docid AS docid, entities, event FROM mention
       LEFT JOIN story_event ON story_event.docid = mention.docid
       WHERE mention.docid >= ? AND mention.docid < ? ORDER BY mention.docid LIMIT ${AT_ONCE})`,
  )
  const of = db.prepare(
    `SELECT count(*) AS n, ${text} AS text FROM json_each(?) AS wanted
     CROSS JOIN mention ON mention.docid = wanted.value
     LEFT JOIN story_event ON story_event.docid = mention.docid`,
  )
  /** As of the last `define`; what a transaction adds, which may be rolled back, is looked up. */
  let numbers: ReadonlyMap<string, number> | undefined
  const watches = new Set<Set<number>>()

  const readNumbers = (): ReadonlyMap<string, number> =>
    new Map((all.all() as [number, string][]).map(([id, name]) => [name, id]))

  function numberOf(name: string): number {
    numbers ??= readNumbers()
    const known = numbers.get(name) ?? (idOf.get(name) as number | undefined)
    return known ?? Number(add.run(name).lastInsertRowid)
  }

  return {
    put(docid, names) {
      for (const watched of watches) watched.add(docid)
      if (names.length === 0) erase.run(docid)
      else write.run(docid, names.map((name) => characterOf(numberOf(name))).join(''))
    },
    names: () => new Map(all.all() as [number, string][]),
    *between(from, to) {
      for (let first = from; ; ) {
        const { last, n, text } = between.get(first, to) as { last: number; n: number; text: string }
        if (n === 0) return
        yield parsed(text, n)
        if (n < AT_ONCE) return
        first = last + 1
      }
    },
    *of(docids) {
      for (let at = 0; at < docids.length; at += AT_ONCE) {
        const some = Array.prototype.slice.call(docids, at, at + AT_ONCE)
        const { n, text } = of.get(JSON.stringify(some)) as { n: number; text: string }
        if (n > 0) yield parsed(text, n)
      }
    },

    define(wanted) {
      const before = new Map(definitions.all() as [string, string][])
      let anew = false
      for (const [name, definition] of wanted) {
        const was = before.get(name)
        if (was === definition) continue
        if (was === undefined) add.run(name)
        redefine.run(definition, name)
        anew = true
      }
      for (const [name, definition] of before) if (definition !== '' && !wanted.has(name)) drop.run(name)
      numbers = undefined
      return anew
    },
    stale: () => stale.all() as string[],
    settle(names) {
      for (const name of names) settle.run(name)
    },
    latest(before, count) {
      const found = latest.get(before, count) as Range
      return found.stories === 0 ? null : found
    },
    replace({ from, to }, names, found, except) {
      const characters = new Map(names.map((name) => [name, characterOf(numberOf(name))]))
      const looked = new Set(characters.values())
      const lineOf = new Map(lines.all(from, to) as [number, string][])
      for (const docid of stories.all(from, to) as number[]) {
        if (except.has(docid)) continue
        const line = lineOf.get(docid) ?? ''
        const now = (found.get(docid) ?? []).map((name) => characters.get(name) as string)
        const text = [...Array.from(line).filter((one) => !looked.has(one)), ...now].join('')
        if (text === line) continue
        if (text === '') erase.run(docid)
        else write.run(docid, text)
      }
    },
    watch() {
      const put = new Set<number>()
      watches.add(put)
      return { put, end: () => watches.delete(put) }
    },
  }
}

/** Reads the lines of `n` stories: the characters of entities, then the digits of the event. */
function parsed(text: string, n: number): Mentions {
  const ends = new Uint32Array(n)
  const events = new Float64Array(n)
  const entities = new Uint32Array(text.length)
  let [story, at, event] = [0, 0, 0]
  const end = (): void => {
    ends[story] = at
    events[story++] = event
    event = 0
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number
    if (code >= FIRST) {
      entities[at++] = entityOf(code)
      if (code > 0xffff) i++
    } else if (code === SPACE) end()
    else event = event * 10 + (code - ZERO)
  }
  end()
  return { entities: entities.subarray(0, at), ends, events }
}
const SPACE = 0x20
const ZERO = 0x30
