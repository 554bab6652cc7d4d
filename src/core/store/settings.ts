import type { Annotation, Arrangement } from '../../api/contract/views.ts'
import type { WritableDb } from './connection.ts'

/** The small named values of a data folder. */
export interface SettingValues {
  /** Days that stories are kept; null: for ever. */
  keepDays: number | null
  /** How many stories are kept; null: all. */
  keepStories: number | null
  /** Whether sources are polled in the background. */
  polling: boolean
  /** When the person last looked, epoch ms (a whole second); null before the first visit. */
  visitedAt: number | null
  /** IANA zone of the days that counts are kept by; null in a new archive. */
  timeZone: string | null
  /** The same of the days of hits. */
  hitZone: string | null
  /** SHA-256 of the built-in pack that is installed, hex; null where none is. */
  builtInPack: string | null
  /** The rule of words that full text was fed by (`WORDS_RULE`); null in a new archive, and in one older than the setting. */
  wordsRule: number | null
  /** While the archive is indexed anew: stories with docids below this wait; null where none does, or all do. */
  unindexedBefore: number | null
  /** The concepts have changed since their forms were last compared with those that mentions were found by. */
  conceptsChanged: boolean
  /** While stories are looked through for who and what they name: those with docids below this wait; null where all or none do. */
  unmentionedBefore: number | null
  /** Hosts that asked to wait, as feeds/fetch/hostWaits.ts writes them. */
  hostWaits: string | null
  /** The language of events' headlines, BCP 47; null: the interface's. */
  headlineLanguage: string | null
  /** A random name of this archive, by which its messages differ from those of another; null before the first. */
  archive: string | null
  /** How the dashboard's panels are arranged. */
  panels: Arrangement
  /** What the person noted at days, by day. */
  annotations: readonly Annotation[]
}

export interface SettingStore {
  /** The value, or its default where it was never set. */
  get<K extends keyof SettingValues>(name: K): SettingValues[K]
  set<K extends keyof SettingValues>(name: K, value: SettingValues[K]): void
}

/** How a value is kept as text; `text` is null where the setting was never set. */
interface Format<T> {
  parse(text: string | null): T
  print(value: T): string
}

/** A number above 0, or none. */
const numberOrNone: Format<number | null> = {
  parse: (text) => (Number(text) > 0 ? Number(text) : null),
  print: (value) => String(value ?? 0),
}
const textOrNone: Format<string | null> = {
  parse: (text) => text || null,
  print: (value) => value ?? '',
}
const yesUnlessNo: Format<boolean> = {
  parse: (text) => text !== 'no',
  print: (value) => (value ? 'yes' : 'no'),
}
const arrangement: Format<Arrangement> = {
  parse: (text) => (text ? (JSON.parse(text) as Arrangement) : { order: [], hidden: [] }),
  print: ({ order, hidden }) => JSON.stringify({ order, hidden }),
}

const annotations: Format<readonly Annotation[]> = {
  parse: (text) => (text ? (JSON.parse(text) as Annotation[]) : []),
  print: (value) => JSON.stringify(value.map(({ day, text }) => ({ day, text }))),
}

/** What every archive has been written in so far: a setting may change its name or its text only by a migration. */
const FORMATS: { readonly [K in keyof SettingValues]: Format<SettingValues[K]> } = {
  keepDays: numberOrNone,
  keepStories: numberOrNone,
  polling: yesUnlessNo,
  visitedAt: numberOrNone,
  timeZone: textOrNone,
  hitZone: textOrNone,
  builtInPack: textOrNone,
  wordsRule: numberOrNone,
  unindexedBefore: numberOrNone,
  conceptsChanged: yesUnlessNo,
  unmentionedBefore: numberOrNone,
  hostWaits: textOrNone,
  headlineLanguage: textOrNone,
  archive: textOrNone,
  panels: arrangement,
  annotations,
}

export function settingStore(db: WritableDb): SettingStore {
  const get = db.prepare('SELECT value FROM setting WHERE key = ?').pluck()
  const set = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    get: (name) => FORMATS[name].parse((get.get(name) as string | undefined) ?? null),
    set: (name, value) => {
      set.run(name, FORMATS[name].print(value))
    },
  }
}
