import fc from 'fast-check'
import type { Query } from '../query/ast.ts'
import { indexEntry } from '../query/facets.ts'
import type { Vocabulary } from '../query/generate.ts'
import { createMatcher } from '../query/matcher.ts'
import { parseQuery, parseTerm } from '../query/parse.ts'
import type { ConceptBook, Subject } from '../query/subject.ts'
import { tokenise } from '../query/tokenise.ts'
import { docidAt } from './docid.ts'
import { type Db, openDatabase } from './open.ts'
import { createSearch, type FromIndex, type Search, type SearchContext } from './search.ts'
import { sourcesWhere } from './sourceFilter.ts'

/**
 * A small archive with everything a query can ask of, for holding the two back-ends against each other: in the tests with
 * thousands of cases, in `npm run bench -- agreement` with a million.
 */
export const NOW = Date.UTC(2025, 4, 9, 12, 30, 15, 250)
export const ZONE = 'Europe/Berlin'
const concepts: ConceptBook = new Map([
  [
    'oil',
    {
      name: 'oil',
      forms: ['oil', '"crude ga*"', 'neft*'].map(parseTerm),
      except: ['"oil paint"'].map(parseTerm),
    },
  ],
  ['gas', { name: 'gas', forms: ['gas', '"gas crude"', 'case:US'].map(parseTerm), except: [] }],
  ['void', { name: 'void', forms: [], except: [] }],
])
const entities = (value: string): string[] =>
  value === 'crude oil' ? ['oil', 'gas'] : [...concepts.keys()].filter((name) => name === value)

/** Sources 1–3, themes (a group among them) and alerts of every test archive. */
const SOURCES = [
  { id: 1, title: 'BBC World', language: 'en', country: 'GB', bloc: 'UK', kind: 'public' },
  { id: 2, title: 'Война и мир', language: 'ru', country: 'RU', bloc: 'RU', kind: 'state' },
  { id: 3, title: 'Le Monde', language: 'fr', country: 'FR', bloc: 'EU', kind: 'independent' },
]
const THEMES = ['energy', 'war', 'all']
const ALERTS = ['pipelines', 'xi abroad']

export interface Kept {
  readonly subject: Subject
  readonly source: number
  readonly themes: readonly string[]
  readonly alerts: readonly string[]
}

export function emptyArchive(): Db {
  const db = openDatabase(':memory:')
  for (const { id, title, language, country, bloc, kind } of SOURCES)
    db.prepare(
      'INSERT INTO source (id, url, custom_title, language, country, bloc, kind, added) VALUES (?, ?, ?, ?, ?, ?, ?, 0)',
    ).run(id, `https://${id}.example/`, title, language, country, bloc, kind)
  THEMES.forEach((key, i) => {
    db.prepare("INSERT INTO theme (id, key, kind, name) VALUES (?, ?, 'theme', ?)").run(i + 1, key, key)
  })
  ALERTS.forEach((name, i) => {
    db.prepare("INSERT INTO alert (id, name, query, created) VALUES (?, ?, 'x', 0)").run(i + 1, name)
  })
  return db
}

export function searchContext(db: Db): SearchContext {
  return {
    now: NOW,
    timeZone: ZONE,
    concepts,
    entities,
    sources: sourcesWhere(db),
    themes: (key) => (THEMES.includes(key) ? [THEMES.indexOf(key) + 1] : []),
    alerts: (name) => (ALERTS.includes(name) ? [ALERTS.indexOf(name) + 1] : []),
  }
}

export function searchOf(db: Db, fromIndex?: FromIndex): Search {
  const context = searchContext(db)
  return createSearch(db, () => context, fromIndex)
}

/** Takes stories in, in any order; ids are 1, 2, … in that order. */
export function fill(db: Db, stories: readonly Kept[]): number[] {
  for (const table of ['story_words', 'story']) db.exec(`DELETE FROM ${table}`)
  const taken = new Set<number>()
  return stories.map(({ subject: s, source, themes, alerts }, i) => {
    let docid = docidAt(s.published as number)
    while (taken.has(docid)) docid++
    taken.add(docid)
    const id = i + 1
    db.prepare(
      `INSERT INTO story (id, docid, source_id, identity, content_hash, title, summary, text, url, author, lang,
         published, fetched, copy_of) VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[id, docid, source, String(id), s.title, s.summary, s.text, s.url, s.author, s.lang],
      ...[s.published, s.fetched, s.copy ? id : null],
    )
    const entry = indexEntry(s, source)
    db.prepare(
      'INSERT INTO story_words (rowid, title, summary, text, facets, spelling) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(docid, entry.title, entry.summary, entry.text, entry.facets, entry.spelling)
    if (s.read || s.starred || s.note)
      db.prepare('INSERT INTO story_state (story_id, read, starred, note) VALUES (?, ?, ?, ?)').run(
        ...[id, s.read ? 1 : 0, s.starred ? 1 : 0, s.note ? 'mine' : ''],
      )
    for (const theme of themes)
      db.prepare('INSERT INTO tag (theme_id, docid, story_id, score) VALUES (?, ?, ?, 1)').run(
        ...[THEMES.indexOf(theme) + 1, docid, id],
      )
    for (const alert of alerts)
      db.prepare('INSERT INTO hit (alert_id, story_id, at) VALUES (?, ?, 0)').run(
        ALERTS.indexOf(alert) + 1,
        id,
      )
    return docid
  })
}

const word = fc.constantFrom(
  ...['oil', 'gas', 'paint', 'crude', 'neft', 'нефть', '普', 'US', 'us', 'é', 'oils'],
  ...['Oil', 'OIL', 'oiL', 'Us', 'É', 'Нефть'],
)
const field = fc.array(word, { maxLength: 6 }).map((list) => list.join(' '))
const HOUR = 3_600_000
/** Times around the limits of the date filters below: days of Berlin, the clock change of March, the year 1970. */
const moment = fc.oneof(
  fc
    .constantFrom(
      Date.UTC(2025, 4, 7, 22),
      Date.UTC(2025, 4, 8, 22),
      Date.UTC(2025, 4, 8, 16, 40),
      NOW - 48 * HOUR,
      Date.UTC(2025, 2, 29, 23),
      Date.UTC(2025, 2, 30, 22),
      Date.UTC(1970, 0, 1),
      NOW,
    )
    .chain((at) => fc.integer({ min: -1001, max: 1001 }).map((off) => at + off)),
  fc.integer({ min: Date.UTC(2025, 2, 28), max: NOW }),
)
export const story: fc.Arbitrary<Kept> = fc
  .record({
    subject: fc.record({
      title: field,
      summary: field,
      text: field,
      url: fc.constantFrom('', 'https://www.bbc.co.uk/1', 'https://news.bbc.co.uk/2', 'http://notbbc.co.uk/'),
      author: fc.constantFrom('', 'Jane Doe', 'JANE  DOE', 'Ян', 'x'.repeat(200)),
      lang: fc.constantFrom('', 'zh', 'zh-cn', 'ru', 'en'),
      published: moment,
      fetched: moment,
      copy: fc.boolean(),
      read: fc.boolean(),
      starred: fc.boolean(),
      note: fc.boolean(),
    }),
    source: fc.constantFrom(...SOURCES),
    themes: fc.subarray(THEMES),
    alerts: fc.subarray(ALERTS),
  })
  .map(({ subject, source, themes, alerts }) => ({
    subject: { ...subject, source, themes: new Set(themes), alerts: new Set(alerts) },
    source: source.id,
    themes,
    alerts,
  }))

export const filters = [
  ...['lang:zh', 'lang:zh-cn', 'lang:en', 'bloc:EU', 'bloc:RU', 'bloc:XX', 'kind:state', 'country:gb'],
  ...[
    'source:"bbc world"',
    'source:"война и мир"',
    'site:bbc.co.uk',
    'site:co.uk',
    'author:"jane doe"',
    'author:Ян',
  ],
  ...[
    `author:${'x'.repeat(200)}`,
    `author:${'x'.repeat(150)}`,
    'is:copy',
    'is:read',
    'is:unread',
    'is:starred',
  ],
  ...['has:note', 'theme:energy', 'theme:war', 'theme:nothing', 'alert:pipelines', 'alert:"xi abroad"'],
  ...[
    'alert:nothing',
    'entity:"crude oil"',
    'entity:oil',
    'entity:void',
    'entity:nobody',
    'after:2025-05-08',
  ],
  ...[
    'before:2025-05-09',
    'on:2025-05-08',
    'on:2025-03-30',
    'after:2025-05-08T18:40',
    'before:2025-05-08T18:40:05',
  ],
  ...['within:2d', 'within:1h', 'within:900m', 'before:1971-01-01', 'after:1965-01-01', 'before:1965-01-01'],
  ...['fetched:2025-05-08', 'fetched:2025-05-08T18:40:01', 'fetched:1970-01-01'],
].map((text) => parseQuery(text, { use: 'search' }).query)
export const vocabulary: Vocabulary = {
  words: ['oil', 'gas', 'paint', 'neft', '普', 'us', 'e', 'crude'],
  exact: ['US', 'é', 'us', 'Oil', 'OIL', 'oiL', 'Нефть', '普'],
  concepts: ['oil', 'gas', 'void'],
  filters,
}

/** What the matcher says of stories: for each query the docids that match, newest first. */
export function streamed(
  asked: readonly Query[],
  stories: readonly Kept[],
  docids: readonly number[],
  prefilter: boolean,
): number[][] {
  const matcher = createMatcher({ concepts, timeZone: ZONE, entities }, { prefilter })
  asked.forEach((query, i) => {
    matcher.set(String(i), query)
  })
  const found = asked.map((): number[] => [])
  stories.forEach(({ subject }, i) => {
    for (const id of matcher.match(tokenise(subject), NOW)) found[Number(id)]?.push(docids[i] as number)
  })
  return found.map((list) => list.sort((a, b) => b - a))
}

/** What archive search says, read in pages. */
export function listed(search: Search, query: Query, limit: number): number[] {
  const found: number[] = []
  let cursor: string | undefined
  do {
    const page = search.list(query, { limit, cursor })
    found.push(...page.rows.map(({ docid }) => docid))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}
