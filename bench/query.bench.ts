/**
 * Archive search over a million stories: `npm run bench -- query [stories]`.
 * Per query: the newest 50 as the page gets them (parsed, planned, with the residual filter), the exact count, and the bare
 * FTS5 query as the floor. For some, a scan of all stories with a regular expression, as desktop readers do. Times are CPU time
 * of this process; a count is the first of its query, after its list.
 */
import { loadavg } from 'node:os'
import { toFts } from '../src/core/query/fulltext/toFts.ts'
import { parseQuery, parseTerm } from '../src/core/query/language/parse.ts'
import type { ConceptBook } from '../src/core/query/match/subject.ts'
import { openDatabase } from '../src/core/store/open.ts'
import { createSearch, type SearchContext } from '../src/core/store/search/search.ts'
import { sourcesWhere } from '../src/core/store/search/sourceFilter.ts'
import { archiveFolder, END, THEMES } from './corpus.ts'

const n = Number(process.argv[3] ?? 1_000_000)
const only = process.argv[4]

/** Queries by kind; those that match over a fifth of the archive are "very broad" and reported apart. */
const QUERIES: Record<string, readonly string[]> = {
  rare: ['laftagareen', 'überlingen', 'semiconductor', 'kyrgyzstan', 'metsola', 'thoroughbred'],
  frequent: ['president', 'government', 'war', 'police', 'china', 'killed people'],
  phrase: [
    '"prime minister"',
    '"security council"',
    '"european union" sanctions',
    '"supreme court"',
    '"red sea"',
    '"climate change"',
  ],
  near: [
    'russia NEAR/5 china',
    'china ONEAR/6 taiwan',
    'gas NEAR/4 pipeline',
    '"oil price"~3',
    'president ONEAR/3 resigns',
    'missile NEAR/3 launch NEAR/5 korea',
  ],
  'group near': [
    '(russia OR moscow OR kremlin) NEAR/6 (china OR beijing)',
    '(oil OR gas OR coal) NEAR/3 (price* OR export*)',
    '@russia NEAR/5 @ukraine',
    '(eu OR "european union" OR brussels) NEAR/8 (tariff* OR sanction*)',
    '(drone OR missile OR rocket) NEAR/4 (attack* OR strike*)',
    '(israel OR "israeli army") NEAR/5 (gaza OR hamas) NEAR/10 ceasefire',
  ],
  prefix: ['sanction*', 'semicond*', 'earthq*', '"energ* deal"', 'el*', 'санкци*'],
  not: [
    'ukraine -russia',
    'earthquake NOT (japan OR chile)',
    'election -president -parliament',
    'strike NOT "air strike"',
    '-president',
    'putin NOT title:putin',
  ],
  case: ['case:US', 'case:"Turkey"', 'case:WHO', 'case:"Apple"', 'case:NATO exercise', 'case:AI'],
  cjk: ['普京', '制裁', '"芯片出口"', '习近平 俄罗斯', '台湾 OR 台北', 'عقوبات'],
  field: [
    'title:ukraine',
    'title:"prime minister" bloc:EU',
    'lang:ru газпром*',
    'country:CN taiwan',
    'site:courier1.ru.ru.example',
    'kind:state sanctions',
  ],
  date: [
    'after:2026-08-01 ukraine',
    'on:2026-05-09',
    'within:30d earthquake',
    'before:2024-01-01 election',
    'after:2025-01-01 before:2025-02-01',
    'within:7d -war',
  ],
  state: [
    'theme:sanctions oil',
    'theme:taiwan',
    'is:starred',
    'oil OR theme:brics',
    'is:copy flood',
    'ANY/2 (oil, gas, coal, nuclear)',
  ],
}

const words = (...forms: string[]) => forms.map(parseTerm)
const concepts: ConceptBook = new Map([
  [
    'russia',
    {
      name: 'russia',
      forms: words('russia', 'russian', 'moscow', 'kremlin', 'росси*', '俄罗斯'),
      except: [],
    },
  ],
  [
    'ukraine',
    {
      name: 'ukraine',
      forms: words('ukrain*', 'kyiv', 'украин*', '乌克兰'),
      except: words('"ukraine street"'),
    },
  ],
])

const db = openDatabase(archiveFolder(n))
const context: SearchContext = {
  now: END,
  timeZone: 'Europe/Berlin',
  concepts,
  sources: sourcesWhere(db),
  themes: (key) => THEMES.flatMap((t, i) => (t.key === key ? [i + 1] : [])),
  alerts: () => [],
}
const search = createSearch(db, () => context)
const bare = db
  .prepare('SELECT rowid FROM story_words WHERE story_words MATCH ? ORDER BY rowid DESC LIMIT 50')
  .pluck()

interface Figure {
  readonly text: string
  readonly first: number
  readonly list: number
  readonly count: number
  readonly floor: number | null
  readonly stories: number
}

const figures: Figure[] = []
for (const [kind, list] of Object.entries(QUERIES)) {
  if (only !== undefined && only !== kind) continue
  console.log(`\n${kind.padEnd(56)} newest 50   (first)      bare     count   stories`)
  for (const text of list) {
    const run = () => search.list(parseQuery(text, { use: 'search' }).query, { limit: 50 })
    const { query } = parseQuery(text, { use: 'search' })
    const { match } = toFts(query, context)
    const first = time(run)
    const figure: Figure = {
      text,
      first,
      list: best(run),
      floor: match === null ? null : best(() => bare.all(match)),
      count: time(() => search.count(query)),
      stories: search.count(query).stories,
    }
    figures.push(figure)
    console.log(
      `${text.padEnd(56)} ${ms(figure.list)} ${ms(first)} ${figure.floor === null ? '        –' : ms(figure.floor)} ${ms(figure.count)} ${String(figure.stories).padStart(9)}`,
    )
  }
}

const broad = figures.filter(({ stories }) => stories > n / 5)
const counted = figures.filter(({ stories }) => stories <= n / 5)
const floors = figures.flatMap(({ list, floor }) => (floor === null ? [] : [list / floor]))
console.log(`
${n.toLocaleString('en')} stories, ${figures.length} queries, load ${loadavg()[0]?.toFixed(1)}
newest 50     p50 ${ms(at(figures, 0.5, 'list'))}   p95 ${ms(at(figures, 0.95, 'list'))}   (goals 5 and 30 ms)
exact count   p50 ${ms(at(counted, 0.5, 'count'))}   p95 ${ms(at(counted, 0.95, 'count'))}   (goal 150 ms; ${broad.length} very broad ones apart: ${broad.map((f) => `${f.text} ${ms(f.count).trim()}`).join(', ')})
to bare FTS5  median ${median(floors).toFixed(1)} ×`)

const rows = db.prepare('SELECT title, summary, text FROM story ORDER BY docid DESC').raw()
const scans = [
  'laftagareen',
  '"security council"',
  'gas NEAR/4 pipeline',
  'sanction*',
  'earthquake NOT (japan OR chile)',
]
const patterns = [
  /\blaftagareen\b/i,
  /\bsecurity council\b/i,
  /\bgas(?:\W+\w+){0,4}\W+pipeline\b|\bpipeline(?:\W+\w+){0,4}\W+gas\b/i,
  /\bsanction\w*/i,
  /^(?!.*\b(?:japan|chile)\b).*\bearthquake\b/is,
]
const ratios: number[] = []
const scanTimes: number[] = []
if (only === undefined) {
  console.log('\nscan of all stories with a regular expression')
  scans.forEach((text, i) => {
    const pattern = patterns[i] as RegExp
    let hits = 0
    const scan = time(() => {
      for (const [title, summary, body] of rows.iterate() as Iterable<string[]>)
        if (pattern.test(`${title}\n${summary}\n${body}`)) hits++
    })
    const { query } = parseQuery(text, { use: 'search' })
    const list = best(() => search.list(query, { limit: 50 }))
    ratios.push(scan / list)
    scanTimes.push(scan)
    console.log(
      `${text.padEnd(56)} ${ms(scan)}  ${hits} stories   ${(scan / list).toFixed(0)} × the newest 50`,
    )
  })
  console.log(`median ${median(ratios).toFixed(0)} × the newest 50 (goal 100 ×)`)
  console.log(`median ${(median(scanTimes) / at(counted, 0.95, 'count')).toFixed(0)} × the p95 of counts`)
}

/** CPU time of this process in ms: independent of other programs on the machine. */
function time(run: () => unknown): number {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function best(run: () => unknown): number {
  return median(Array.from({ length: 5 }, () => time(run)))
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}

function at(list: readonly Figure[], share: number, key: 'list' | 'count'): number {
  const sorted = list.map((f) => f[key]).sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`.padStart(9)
}
