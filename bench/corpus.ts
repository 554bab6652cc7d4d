import { createHash } from 'node:crypto'
import { constants, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { picker, seeded } from '../src/core/fixtures/random.ts'
import { sharedItems } from '../src/core/fixtures/sharedArchive.ts'
import { indexEntry } from '../src/core/query/fulltext/indexEntry.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'
import { WORDS_RULE } from '../src/core/query/words/clusters.ts'
import type { Connection, WritableDb } from '../src/core/store/connection.ts'
import { docidAt } from '../src/core/store/docid.ts'
import { openDatabase } from '../src/core/store/open.ts'
import { recount } from '../src/core/store/recount.ts'
import { openStores } from '../src/core/stores.ts'
import type { StoryDraft } from '../src/core/story.ts'
import { installBuiltIn } from '../src/core/themes/install.ts'
import { openWirewatch } from '../src/core/wirewatch.ts'
import { LANGUAGES, sentenceIn } from './templates.ts'

/**
 * The archive that every benchmark uses: seeded, so that figures of two runs are about the same stories. English texts are
 * those of ../shared/archive (Wikipedia's current events, CC BY-SA 4.0), one in eight stories is in another language and
 * made from templates; sources have bloc, country and kind; bodies have 20 to 600 words, few long ones; dates span three
 * years.
 */
export interface BenchStory extends StoryDraft {
  readonly source: BenchSource
}

export interface BenchSource {
  readonly id: number
  readonly title: string
  readonly host: string
  readonly language: string
  readonly country: string
  readonly bloc: string
  readonly kind: string
}

/** Change this with anything that changes the stories or the schema: cached archives are then built again. */
const VERSION = 8

export const END = Date.UTC(2026, 9, 1)
const SPAN = 3 * 365 * 86_400_000
const OTHER_LANGUAGES = 1 / 8

/** Stories, oldest first; the same for the same parameters. @param density how many times as many a day: in so much less time */
export function* generate(n: number, seed = 1, density = 1): Generator<BenchStory> {
  const random = seeded(seed)
  const texts = archiveTexts()
  const pick = picker(random)
  const start = END - SPAN / density
  const step = (END - start) / n
  for (let i = 0; i < n; i++) {
    const published = Math.floor(start + (i + random()) * step)
    const wanted = Math.round(20 * 30 ** (random() ** 1.4))
    const language = random() < OTHER_LANGUAGES ? pick(LANGUAGES) : 'en'
    const source = pick(SOURCES_OF.get(language) as readonly BenchSource[])
    const parts: string[] = []
    let length = 0
    let next = Math.floor(random() * texts.length)
    while (length < wanted) {
      const part = language === 'en' ? (texts[next++ % texts.length] as string) : sentenceIn(language, random)
      parts.push(part)
      length += language === 'zh' ? part.length / 2 : part.split(' ').length
    }
    const [lead] = parts as [string]
    const title = firstSentence(lead)
    const text = language === 'zh' ? parts.join('') : parts.join(' ').split(' ').slice(0, 600).join(' ')
    const identity = `bench-${seed}-${i}`
    yield {
      identity,
      contentHash: createHash('sha1').update(text).digest('hex'),
      trace: createHash('sha1').update(identity).digest().readUIntBE(0, 6),
      title,
      summary: random() < 0.5 ? lead : '',
      text,
      html: '',
      url: `https://www.${source.host}/news/${i}`,
      author: random() < 0.4 ? pick(AUTHORS) : '',
      lang: language,
      published,
      publishedStated: null,
      source,
    }
  }
}

const firstSentence = (text: string): string => {
  const end = /[.!?。！？](?=\s|$)|[。！？]/u.exec(text.slice(0, 160))
  return end === null ? cut(text, 160) : text.slice(0, end.index)
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const space = text.lastIndexOf(' ', length)
  return text.slice(0, space > 0 ? space : length)
}

/** 240 sources in seven languages. */
const SOURCES: readonly BenchSource[] = (() => {
  const random = seeded(7)
  const places: [string, string, string, number][] = [
    ['en', 'US', 'US', 50],
    ['en', 'GB', 'UK', 30],
    ['en', 'IN', 'IN', 20],
    ['en', 'IE', 'EU', 10],
    ['en', 'UA', 'UA', 10],
    ['en', 'CN', 'CN', 10],
    ['en', 'RU', 'RU', 10],
    ['ru', 'RU', 'RU', 20],
    ['zh', 'CN', 'CN', 20],
    ['fr', 'FR', 'EU', 15],
    ['de', 'DE', 'EU', 15],
    ['es', 'ES', 'EU', 15],
    ['ar', 'QA', 'ME', 15],
  ]
  const kinds = ['state', 'public', 'independent', 'independent', 'wire', 'institution']
  const sources: BenchSource[] = []
  for (const [language, country, bloc, count] of places)
    for (let i = 1; i <= count; i++)
      sources.push({
        id: sources.length + 1,
        title: `${country} ${language.toUpperCase()} Courier ${i}`,
        host: `courier${i}.${language}.${country.toLowerCase()}.example`,
        language,
        country,
        bloc,
        kind: kinds[Math.floor(random() * kinds.length)] as string,
      })
  return sources
})()
const SOURCES_OF = new Map(
  ['en', ...LANGUAGES].map((language) => [language, SOURCES.filter((s) => s.language === language)]),
)

const AUTHORS = Array.from({ length: 300 }, (_, i) => {
  const first = ['Ana', 'Jean', 'Wei', 'Olena', 'Omar', 'Jane', 'Ivan', 'Mary', 'José', 'Zoë'][i % 10]
  return `${first} ${['Müller', 'Doe', 'Li', 'Kovalenko', 'Haddad', 'Smith'][i % 6]}${i > 59 ? ` ${i}` : ''}`
})

/** Themes of a benchmark archive, and the share of stories that each tags; the last is a group over the first four. */
export const THEMES: readonly { key: string; share: number }[] = [
  ...['russia-china', 'eu-china', 'eu-us', 'eu-russia', 'us-china', 'us-russia', 'ukraine-war', 'sanctions'],
  ...[
    'energy-trade',
    'brics',
    'taiwan',
    'tariffs',
    'tech-controls',
    'foreign-fighters',
    'ww2-memory',
    'summits',
  ],
].map((key, i) => ({ key, share: [0.08, 0.04, 0.02, 0.01, 0.005, 0.002][i % 6] as number }))

/** Fills an empty database with `n` stories, their words, tags, counts and the reader's state. */
function buildArchive(db: WritableDb, n: number, density: number, seed = 1): void {
  const random = seeded(seed + 1)
  for (const { id, title, host, language, country, bloc, kind } of SOURCES)
    db.prepare(
      `INSERT INTO source (id, url, feed_title, language, country, bloc, kind, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(id, `https://${host}/rss`, title, language, country, bloc, kind, END - SPAN)
  THEMES.forEach(({ key }, i) => {
    db.prepare(`INSERT INTO theme (id, key, kind, name) VALUES (?, ?, 'theme', ?)`).run(i + 1, key, key)
  })
  const story = db.prepare(
    `INSERT INTO story (id, docid, source_id, identity, content_hash, trace, title, summary, text, url, author, lang, published,
       fetched, copy_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const words = db.prepare(
    'INSERT INTO story_words (rowid, title, summary, text, facets, spelling) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const tag = db.prepare('INSERT INTO tag (theme_id, docid, story_id, score) VALUES (?, ?, ?, ?)')
  const state = db.prepare('INSERT INTO story_state (story_id, read, starred, note) VALUES (?, ?, ?, ?)')
  const daily = db.prepare(
    `INSERT INTO daily (theme_id, day, source_id, stories) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET stories = stories + 1`,
  )
  let last = -1
  let id = 0
  const write = (stories: readonly BenchStory[]): void => {
    for (const s of stories) {
      id++
      const docid = Math.max(docidAt(s.published), last + 1)
      last = docid
      const tokenised = tokenise({ ...s, source: { ...s.source } })
      const fetched = s.published + Math.floor(random() * 3_600_000)
      const copyOf = id > 100 && random() < 0.1 ? id - Math.ceil(random() * 100) : null
      story.run(
        ...[id, docid, s.source.id, s.identity, s.contentHash, s.trace, s.title, s.summary, s.text, s.url],
        ...[s.author, s.lang, s.published, fetched, copyOf],
      )
      const entry = indexEntry(tokenised, s.source.id)
      words.run(docid, entry.title, entry.summary, entry.text, entry.keywords, entry.spelling)
      const day = Math.floor(s.published / 86_400_000)
      daily.run(0, day, s.source.id)
      THEMES.forEach(({ share }, i) => {
        if (random() >= share) return
        tag.run(i + 1, docid, id, random())
        daily.run(i + 1, day, s.source.id)
      })
      if (random() < 0.2) state.run(id, 1, random() < 0.01 ? 1 : 0, random() < 0.005 ? 'a note' : '')
    }
  }
  let stories: BenchStory[] = []
  for (const s of generate(n, seed, density)) {
    stories.push(s)
    if (stories.length === BATCH) {
      db.transact(() => write(stories))
      stories = []
    }
  }
  db.transact(() => write(stories))
}
const BATCH = 2000

/**
 * The folder of an archive of `n` stories, built at first use (a million: some minutes, about 3 GB) and kept in the system's
 * temporary folder for the next benchmark. Open it with `openDatabase`; do not change it.
 * @param density how many times as many stories a day: an archive of 100,000 ten times as dense has the days of a million
 */
export function archiveFolder(n: number, density = 1): string {
  const folder = join(tmpdir(), 'wirewatch-bench', `v${VERSION}-${n}${density === 1 ? '' : `-x${density}`}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.making-${process.pid}`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  const db = openDatabase(making)
  db.pragma('synchronous = OFF')
  const started = performance.now()
  buildArchive(db, n, density)
  installThemes(db)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  // Another benchmark may have been quicker.
  if (existsSync(folder)) rmSync(making, { recursive: true })
  else renameSync(making, folder)
  const seconds = (performance.now() - started) / 1000
  console.log(`Made an archive of ${n.toLocaleString('en')} stories in ${seconds.toFixed(0)} s: ${folder}`)
  return folder
}

/** The same with the entities that its stories name, and without events. Open it as the other. */
export const archiveOfMentions = (n: number, density = 1): Promise<string> =>
  worked(archiveFolder(n, density), 'mentions', false)

/** The same with the events of its stories and the entities that they name: made at first use, with a million in some ten minutes. Open it as the other. */
export const archiveOfEvents = async (n: number, density = 1): Promise<string> =>
  worked(await archiveOfMentions(n, density), 'events', true)

/** A copy of an archive that an engine worked through, made at first use. @param gathering its stories get events too */
async function worked(from: string, name: string, gathering: boolean): Promise<string> {
  const folder = `${from.replace(/-mentions$/, '')}-${name}`
  if (existsSync(folder)) return folder
  const making = `${folder}.making-${process.pid}`
  rmSync(making, { recursive: true, force: true })
  copyArchive(from, making)
  const wirewatch = openWirewatch({ dataDir: making, now: () => END, timeZone: 'UTC', gathering })
  await wirewatch.mentionsFound()
  await wirewatch.eventsGathered()
  await wirewatch.close()
  if (existsSync(folder)) rmSync(making, { recursive: true })
  else renameSync(making, folder)
  return folder
}

/** Copies the folder of an archive that nobody has open; where the file system can, without copying its bytes. */
export function copyArchive(from: string, to: string): void {
  cpSync(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE })
}

/** The built-in pack, under the keys of `THEMES`; who opens the archive neither tags nor indexes it anew. */
function installThemes(db: Connection): void {
  const pack = join(import.meta.dirname, '..', 'resources', 'themes', 'great-powers-and-europe')
  const stores = openStores(db, 'UTC')
  installBuiltIn(stores, pack)
  stores.settings.set('wordsRule', WORDS_RULE)
  db.prepare('UPDATE theme SET stale = 0').run()
  db.transact(() => recount(db, 'UTC'))
}

let texts: readonly string[] | undefined
/** The texts of the shared archive, oldest first. @throws Error where it is absent */
export function archiveTexts(): readonly string[] {
  texts ??= sharedItems().map(({ text }) => text)
  return texts
}
