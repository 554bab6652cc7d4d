/**
 * `npm run bench -- feeds [list]`: how far our reading of 1,087 third-party feeds agrees with that of Python's feedparser
 * (../shared/feeds/expected.json), beside plain rss-parser in the same run, and how fast it is.
 * Agreement on entry count, title, link and date: the share of a file's entries that agree, averaged over its files. In the
 * first table every entry counts (where it states no title, ours must have none); DESIGN.md's baselines are measured so. In the
 * second only entries with a value of their own count. `list` prints each difference in full.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import RssParser from 'rss-parser'
import { normalise } from '../src/core/feeds/read/normalise.ts'
import { readFeed } from '../src/core/feeds/read/parse.ts'
import { rssFeed } from '../src/core/fixtures/rss.ts'

interface Entry {
  title: string
  link: string
  /** Epoch seconds. */
  ts: number | null
}
interface Expected {
  file: string
  headers: Readonly<Record<string, string>>
  entries: Entry[]
}
/**
 * Where the expectation itself is at fault: counted as differences in the first two tables, left out of the third. Each has
 * its reason; a value is here only where our reading is what the document states.
 */
const DISPUTED: Readonly<Record<string, string>> = {
  'eucjp.xml title': 'the expectation reads EUC-JP as windows-1252; its own header says EUC-JP',
  'euckr.xml title': 'the expectation reads EUC-KR as windows-1252; its own header says EUC-KR',
  'gb2312.xml title': 'the expectation reads GB2312 as windows-1252; its own header says GB2312',
  'entry_title_crazy.xml title': 'the expectation keeps pieces of a comment and of a script as text',
  'entry_title_text_plain_brackets.xml title':
    'the expectation strips "<blink>" from a title of type text/plain',
  'item_category_image.xml title':
    'the expectation takes the title of an image in a category for that of the item',
  'livemint.xml title': 'the expectation puts a blank at an inline tag',
  'entry_link_rel_enclosure_no_href.xml link':
    'the expectation takes an enclosure; its own header says the alternate',
  'entry_link_no_href_link_priority.xml link':
    'the expectation takes an enclosure; its own header says the alternate',
  'OneFootTsunami.atom link': 'the expectation takes the base for the link; the entry is known by its id',
  'pappacoda.atom link': 'the expectation takes the id; the entry has an alternate link (application/pdf)',
  'kc0011.rss date': 'the expectation reads 2020/1/10 14:33 as 1 November',
}

function disputed(file: string, measure: Measure): boolean {
  return `${file.split('/').at(-1)} ${measure}` in DISPUTED
}

type Reader = (bytes: Uint8Array, headers: Readonly<Record<string, string>>) => Promise<Entry[]> | Entry[]

const MEASURES = ['count', 'title', 'link', 'date'] as const
type Measure = (typeof MEASURES)[number]

const folder = join(import.meta.dirname, '..', '..', 'shared', 'feeds')
async function main(list: boolean): Promise<void> {
  const expected: Expected[] = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
  const differences: string[] = []
  const none = (): void => {}
  table(
    `${expected.length} feeds; agreement in %, Wirewatch / rss-parser alone; every entry counts (no title = no title)`,
    await agreement(expected, ours, (line) => differences.push(line), { every: true }),
    await agreement(expected, rssParser, none, { every: true }),
  )
  table(
    'Only entries that have a title, a link, a date of their own',
    await agreement(expected, ours, none),
    await agreement(expected, rssParser, none),
  )
  table(
    `As the second, without ${Object.keys(DISPUTED).length} values where the expectation is at fault (DISPUTED in this file has the reasons)`,
    await agreement(expected, ours, none, { without: disputed }),
    await agreement(expected, rssParser, none, { without: disputed }),
  )
  console.log(
    `${differences.length} differences in ${new Set(differences.map((line) => line.split(' ')[0])).size} files:`,
  )
  for (const line of differences) console.log(list ? line : line.slice(0, 150))
  speed()
}

function table(title: string, mine: Map<string, Score>, baseline: Map<string, Score>): void {
  console.log(title)
  const row = (name: string, files: number | string, cells: string[]): void =>
    console.log(
      `${name.padEnd(24)}${String(files).padStart(6)}  ${cells.map((cell) => cell.padStart(17)).join('')}`,
    )
  row('collection', 'files', [...MEASURES, 'refused'])
  for (const [collection, score] of mine) {
    const other = baseline.get(collection)!
    row(collection, score.files, [
      ...MEASURES.map((measure) => `${percent(score[measure])} / ${percent(other[measure])}`),
      `${score.refused} / ${other.refused}`,
    ])
  }
  console.log('')
}

/** Sum of per-file shares and the number of files that state something. */
type Tally = [sum: number, files: number]
interface Score extends Record<Measure, Tally> {
  files: number
  refused: number
}

async function agreement(
  expected: readonly Expected[],
  read: Reader,
  differs: (line: string) => void,
  rules: { every?: boolean; without?: (file: string, measure: Measure) => boolean } = {},
): Promise<Map<string, Score>> {
  const scores = new Map<string, Score>()
  for (const { file, headers, entries } of expected) {
    let found: Entry[] = []
    let refused = ''
    try {
      found = await read(readFileSync(join(folder, file)), headers)
    } catch (error) {
      refused = error instanceof Error ? error.message : String(error)
    }
    const shares: Record<Measure, number | undefined> = {
      count: found.length === entries.length ? 1 : 0,
      title: share(
        entries,
        found,
        (entry) => entry.title || (rules.every ? '' : undefined),
        (a, b) => squeezed(a) === squeezed(b),
      ),
      link: share(entries, found, (entry) => entry.link || (rules.every ? '' : undefined), sameLink),
      date: share(
        entries,
        found,
        (entry) => entry.ts ?? (rules.every ? -1e15 : undefined),
        (a, b) => Math.abs(a - b) < 1,
      ),
    }
    for (const name of [file.split('/')[0] as string, 'all']) {
      const score = scores.get(name) ?? {
        files: 0,
        refused: 0,
        count: [0, 0],
        title: [0, 0],
        link: [0, 0],
        date: [0, 0],
      }
      score.files++
      if (refused !== '' && entries.length > 0) score.refused++
      for (const measure of MEASURES) {
        const value = shares[measure]
        if (value === undefined || rules.without?.(file, measure)) continue
        score[measure][0] += value
        score[measure][1]++
      }
      scores.set(name, score)
    }
    if (shares.count === 0)
      differs(`${file} count: ${found.length}, expected ${entries.length}${refused && ` (${refused})`}`)
    entries.forEach((entry, index) => {
      const other = found[index]
      if ((rules.every || entry.title !== '') && squeezed(entry.title) !== squeezed(other?.title ?? ''))
        differs(
          `${file} title ${index}: ${JSON.stringify(other?.title)}, expected ${JSON.stringify(entry.title)}`,
        )
      if ((rules.every || entry.link !== '') && !sameLink(entry.link, other?.link ?? ''))
        differs(
          `${file} link ${index}: ${JSON.stringify(other?.link)}, expected ${JSON.stringify(entry.link)}`,
        )
      if (
        entry.ts === null
          ? rules.every && other?.ts != null
          : !(Math.abs(entry.ts - (other?.ts ?? Number.NaN)) < 1)
      )
        differs(`${file} date ${index}: ${iso(other?.ts)}, expected ${iso(entry.ts)}`)
    })
  }
  // "all" comes last.
  const all = scores.get('all')
  scores.delete('all')
  if (all !== undefined) scores.set('all', all)
  return scores
}

/** Share of the entries that state a value and whose value is the same; undefined where none states one. */
function share<T>(
  expected: readonly Entry[],
  found: readonly Entry[],
  value: (entry: Entry) => T | undefined,
  same: (a: T, b: T) => boolean,
): number | undefined {
  let stated = 0
  let equal = 0
  expected.forEach((entry, index) => {
    const wanted = value(entry)
    if (wanted === undefined) return
    stated++
    const other = found[index] === undefined ? undefined : value(found[index])
    if (other !== undefined && same(wanted, other)) equal++
  })
  return stated === 0 ? undefined : equal / stated
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Equal as written, or as the addresses they parse to ("http://a" and "http://a/"). */
function sameLink(a: string, b: string): boolean {
  if (a.trim() === b.trim()) return true
  try {
    return new URL(a).href === new URL(b).href
  } catch {
    return false
  }
}

function ours(bytes: Uint8Array, headers: Readonly<Record<string, string>>): Entry[] {
  const feed = readFeed(bytes, {
    contentType: headers['content-type'] ?? '',
    base: '',
    contentLocation: headers['content-location'] ?? '',
    contentLanguage: headers['content-language'] ?? '',
  })
  return feed.items.map(({ title, link, published }) => ({
    title,
    link,
    ts: published === null ? null : published / 1000,
  }))
}

const plain = new RssParser({ defaultRSS: 2 })

async function rssParser(bytes: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Entry[]> {
  const charset = /charset=["']?([\w-]+)/.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8'
  let text: string
  try {
    text = new TextDecoder(charset).decode(bytes)
  } catch {
    text = new TextDecoder().decode(bytes)
  }
  const feed = await plain.parseString(text)
  return feed.items.map((item) => {
    const ms = Date.parse(item.isoDate ?? '')
    return {
      title: typeof item.title === 'string' ? item.title : '',
      link: typeof item.link === 'string' ? item.link : '',
      ts: Number.isNaN(ms) ? null : ms / 1000,
    }
  })
}

function speed(): void {
  const body =
    '<p>The line would carry up to <b>50 billion</b> cubic metres of gas a year, analysts say.</p>'.repeat(8)
  const items = Array.from({ length: 100 }, (_, i) => ({
    id: `https://example.org/${i}`,
    title: `Talks on a second pipeline go on, round ${i}`,
    link: `https://example.org/${i}`,
    text: 'Officials say that price &amp; volumes are still open.',
    html: body,
    published: 'Fri, 09 May 2025 15:35:00 +0000',
    category: 'World',
  }))
  const text = rssFeed(items, { title: 'T', language: 'en' })
  const bytes = Buffer.from(text)
  const read = perSecond(() => readFeed(bytes, { contentType: '', base: 'https://example.org/' }))
  const both = perSecond(() =>
    normalise(readFeed(bytes, { contentType: '', base: 'https://example.org/' }), {
      now: Date.now(),
      feedUrl: '',
      language: 'en',
    }),
  )
  const builders = plain as unknown as {
    xmlParser: { parseString(xml: string, done: (error: unknown, document: unknown) => void): void }
    buildRSS2(document: unknown): unknown
  }
  const other = perSecond(() =>
    builders.xmlParser.parseString(text, (_, document) => builders.buildRSS2(document)),
  )
  console.log(`\nA feed of 100 items, ${Math.round(bytes.length / 1024)} KB, by processor time:`)
  console.log(
    `  bytes to feed     ${Math.round(read)} stories/s, ${(read / other).toFixed(1)} times rss-parser`,
  )
  console.log(
    `  bytes to stories  ${Math.round(both)} stories/s, ${(both / other).toFixed(1)} times rss-parser`,
  )
  console.log(
    `  rss-parser alone  ${Math.round(other)} stories/s (text, not bytes; no plain text of content)`,
  )
}

/** Stories a second of processor time: other programs on the machine do not count. */
function perSecond(work: () => unknown): number {
  for (let i = 0; i < 20; i++) work()
  const started = process.cpuUsage()
  let rounds = 0
  let seconds = 0
  while (seconds < 0.6) {
    for (let i = 0; i < 5; i++) work()
    rounds += 5
    const { user, system } = process.cpuUsage(started)
    seconds = (user + system) / 1e6
  }
  return (rounds * 100) / seconds
}

function percent([sum, files]: Tally): string {
  return files === 0 ? '-' : ((100 * sum) / files).toFixed(2)
}

function iso(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? 'none' : new Date(seconds * 1000).toISOString()
}

if (existsSync(join(folder, 'expected.json'))) await main(process.argv.includes('list'))
else console.log('Skipped: ../shared/feeds is not here.')
