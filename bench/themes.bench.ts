/**
 * How well themes tag, against people's labels; how fast; and how well spikes are found.
 * `npm run bench -- themes [--misses]`: with `--misses` prints every item whose tags differ from its labels.
 */
import { existsSync, readFileSync } from 'node:fs'
import { seeded } from '../src/core/fixtures/random.ts'
import { type ArchiveItem, hasSharedArchive, sharedItems } from '../src/core/fixtures/sharedArchive.ts'
import { parseQuery } from '../src/core/query/language/parse.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'
import { simulate } from '../src/core/spikes/fixtures/simulate.ts'
import { expectation, expectations, type Series } from '../src/core/spikes/spikes.ts'
import { readPack } from '../src/core/themes/pack.ts'
import { conceptBook } from '../src/core/watch/conceptBook.ts'
import { createPercolator } from '../src/core/watch/percolator.ts'

interface Item {
  readonly id: string
  readonly lang: string
  readonly title: string
  readonly text: string
  readonly themes: readonly string[]
  readonly readers?: readonly [readonly string[], readonly string[]]
  readonly set?: 'tune' | 'held'
}
type Tagging = (item: Pick<Item, 'title' | 'text'>) => ReadonlySet<string>

const root = new URL('..', import.meta.url)
const shared = new URL('../../shared/', import.meta.url)
const misses = process.argv.includes('--misses')
const pack = readPack(readFileSync(new URL('resources/themes/great-powers-and-europe.json', root), 'utf8'))
const themes = pack.themes.map((theme) => theme.id)
const concepts = conceptBook(pack.concepts)
const percolator = createPercolator({ concepts, timeZone: 'UTC' })
for (const [id, { id: key, query, threshold, group }] of pack.themes.entries())
  percolator.setTheme({ id, key, query: parseQuery(query, { use: 'theme' }).query, threshold, group })

const ours: Tagging = ({ title, text }) => {
  const { tags } = percolator.match(tokenise({ title, summary: text, text: '', published: null }), 0)
  return new Set([...tags.keys()].map((id) => themes[id] as string))
}

/** The baseline, as in the keyword filter of a feed reader: all words of a pair, in any form, anywhere. */
const KEYWORDS: Record<string, readonly RegExp[]> = {
  'russia-china': [/russia/i, /chin(a|ese)/i],
  'us-china': [/\bU\.?S\.?\b|united states|america/i, /chin(a|ese)/i],
  'us-russia': [/\bU\.?S\.?\b|united states|america/i, /russia/i],
  'eu-china': [/\bEU\b|european union|europe/i, /chin(a|ese)/i],
  'eu-us': [/\bEU\b|european union|europe/i, /\bU\.?S\.?\b|united states|america/i],
  'eu-russia': [/\bEU\b|european union|europe/i, /russia/i],
  'ukraine-war': [/ukrain/i],
  'foreign-fighters': [/north korean (troops|soldiers)|mercenar|foreign fighter/i],
  taiwan: [/taiwan/i],
  sanctions: [/sanction/i],
  'energy-trade': [/\boil\b|\bgas\b|pipeline|\bLNG\b|OPEC/i],
  tariffs: [/tariff/i],
  'tech-controls': [/\bchips?\b|semiconductor|export control/i],
  brics: [/brics/i],
  summits: [/summit|\bmeets?\b|\bvisits?\b/i],
  'ww2-memory': [/world war ii|victory day|second world war/i],
}
const naive: Tagging = ({ title, text }) => {
  const all = `${title} ${text}`
  return new Set(themes.filter((theme) => (KEYWORDS[theme] as RegExp[]).every((word) => word.test(all))))
}

class Tally {
  right = 0
  wrong = 0
  missed = 0
  get precision(): number {
    return this.right + this.wrong === 0 ? 1 : this.right / (this.right + this.wrong)
  }
  get recall(): number {
    return this.right + this.missed === 0 ? 1 : this.right / (this.right + this.missed)
  }
  get f1(): number {
    const all = 2 * this.right + this.wrong + this.missed
    return all === 0 ? 1 : (2 * this.right) / all
  }
}

function compare(items: readonly Item[], tagging: Tagging, printing = false): Map<string, Tally> {
  const tallies = new Map(['', ...themes].map((theme) => [theme, new Tally()]))
  for (const item of items) {
    const got = tagging(item)
    const differences: string[] = []
    for (const theme of themes) {
      const [want, have] = [item.themes.includes(theme), got.has(theme)]
      for (const tally of [tallies.get(theme), tallies.get('')] as Tally[])
        if (want && have) tally.right++
        else if (want) tally.missed++
        else if (have) tally.wrong++
      if (want !== have) differences.push(`${want ? '−' : '+'}${theme}`)
    }
    if (printing && differences.length > 0)
      console.log(`  ${item.id} ${differences.join(' ')} :: ${item.title} ${item.text}`)
  }
  return tallies
}

const f = (value: number): string => value.toFixed(3)
const micro = (tallies: Map<string, Tally>): string => {
  const { precision, recall, f1 } = tallies.get('') as Tally
  return `precision ${f(precision)}  recall ${f(recall)}  F1 ${f(f1)}`
}
const macro = (tallies: Map<string, Tally>): number =>
  themes.reduce((sum, theme) => sum + (tallies.get(theme) as Tally).f1, 0) / themes.length
const lines = <T>(text: string): T[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

function gold(): void {
  const file = new URL('gold/items.jsonl', shared)
  if (!existsSync(file)) {
    console.log('\nGold: skipped, ../shared/gold is not here.')
    return
  }
  const items = lines<Item>(readFileSync(file, 'utf8'))
  console.log(`\nGold: ${items.length} items in English`)
  const [got, base] = [compare(items, ours, misses), compare(items, naive)]
  const between = compare(
    items.map((item) => ({ ...item, themes: item.readers?.[0] ?? [] })),
    (item) => new Set((item as Item).readers?.[1] ?? []),
  )
  console.log('theme              items  precision  recall     F1   keywords F1   readers F1')
  for (const theme of themes) {
    const [a, b, c] = [got.get(theme), base.get(theme), between.get(theme)] as [Tally, Tally, Tally]
    console.log(
      `${theme.padEnd(18)} ${String(a.right + a.missed).padStart(5)}      ${f(a.precision)}   ${f(a.recall)}  ${f(a.f1)}         ${f(b.f1)}        ${f(c.f1)}`,
    )
  }
  console.log(`micro              ${micro(got)}`)
  console.log(`macro F1           ${f(macro(got))}`)
  console.log(`keywords           ${micro(base)}`)
  console.log(`the two readers    F1 ${f((between.get('') as Tally).f1)} with each other: the ceiling`)
  const ratio = (got.get('') as Tally).f1 / (base.get('') as Tally).f1
  console.log(`ratio              ${ratio.toFixed(2)} × the keywords' F1`)
}

/** Items of our own, in six languages: the makers of queries read those marked "tune", and of "held" only these counts. */
function examples(file: string, what: string): void {
  const items = lines<Item>(readFileSync(new URL(`src/core/themes/fixtures/${file}`, root), 'utf8'))
  console.log(`\n${what}: ${items.length} items; of "held" only these counts were looked at`)
  for (const set of ['held', 'tune'] as const) {
    for (const lang of ['en', 'ru', 'zh', 'fr', 'de', 'es']) {
      const some = items.filter((item) => item.set === set && item.lang === lang)
      console.log(
        `${set}  ${lang}  ${String(some.length).padStart(3)}  ${micro(compare(some, ours, misses && set === 'tune'))}`,
      )
    }
    const all = items.filter((item) => item.set === set)
    const tallies = compare(all, ours)
    console.log(
      `${set}  all ${String(all.length).padStart(3)}  ${micro(tallies)}  macro F1 ${f(macro(tallies))}  (keywords F1 ${f((compare(all, naive).get('') as Tally).f1)})`,
    )
  }
}

/** Headings above the items of the archive: no labels by our guide, but most items below a heading are about it. */
const HEADINGS: readonly [string, RegExp][] = [
  [
    'ukraine-war',
    /Russian invasion of Ukraine|Russo-Ukrainian War|Siege of Mariupol|Battle of (Donbas|Bakhmut|Kharkiv)/,
  ],
  ['us-china', /^(China–United States (relations|trade war)|2018 China–United States trade war)/],
  ['us-russia', /^Russia–United States relations/],
  [
    'eu-russia',
    /^(Russia–European Union relations|2022 Russia–European Union gas dispute|(France|Germany|Poland|Lithuania|Finland|Latvia)–Russia relations)/,
  ],
  ['eu-us', /^United States–European Union relations/],
  ['eu-china', /^China–European Union relations/],
  ['russia-china', /^China–Russia relations/],
  ['taiwan', /^(Cross-Strait relations|Taiwan–United States relations)/],
  ['tariffs', /Tariffs in the second Trump administration|Second Trump tariffs|trade war/],
  ['sanctions', /[Ss]anctions (during|against)|United States sanctions/],
  ['brics', /BRICS/],
  ['energy-trade', /gas dispute|Nord Stream|Russia in the European energy sector/],
]

function headings(rows: readonly ArchiveItem[]): void {
  console.log(
    '\nArchive since 2014, headings as weak labels (items stand under one heading but are on other things too)',
  )
  console.log('theme              under the heading  tagged  share   keywords   elsewhere tagged')
  const recent = rows.filter((row) => row.date >= '2014')
  const random = seeded(5)
  const others = recent.filter(() => random() < 0.1)
  for (const [theme, heading] of HEADINGS) {
    const under = recent.filter((row) => row.headings.some((h) => heading.test(h))).slice(0, 600)
    const count = (some: readonly ArchiveItem[], tagging: Tagging): number =>
      some.filter((row) => tagging({ title: '', text: row.text }).has(theme)).length
    const rest = others.filter((row) => !row.headings.some((h) => heading.test(h)))
    const [got, base, elsewhere] = [count(under, ours), count(under, naive), count(rest, ours)]
    console.log(
      `${theme.padEnd(18)} ${String(under.length).padStart(17)}  ${String(got).padStart(6)}  ${f(got / under.length)}      ${f(base / under.length)}   ${((100 * elsewhere) / rest.length).toFixed(1)} %`,
    )
  }
}

function speed(rows: readonly ArchiveItem[]): void {
  const some = rows.filter((row) => row.date >= '2014').slice(0, 20_000)
  const words = some.reduce((sum, row) => sum + row.text.split(' ').length, 0) / some.length
  const rate = (tagging: Tagging): number => {
    for (const row of some.slice(0, 3000)) tagging({ title: '', text: row.text })
    const start = performance.now()
    for (const row of some) tagging({ title: '', text: row.text })
    return (1000 * some.length) / (performance.now() - start)
  }
  const only = rate(({ text }) => {
    tokenise({ title: '', summary: '', text, published: null })
    return new Set()
  })
  const [mine, keywords] = [rate(ours), rate(naive)]
  console.log(
    `\nSpeed, one core, ${some.length} stories of ${words.toFixed(0)} words, ${themes.length} themes`,
  )
  console.log(`words, themes, scores: ${thousands(mine)} stories/s; words alone ${thousands(only)}/s`)
  console.log(`keywords (English only): ${thousands(keywords)}/s; ratio ${(mine / keywords).toFixed(2)}`)
}

function spikes(rows: readonly ArchiveItem[]): void {
  console.log(
    '\nSpikes on simulated series: 16 series of 3 years, 12 stories a day, variance 1.5 × the mean, 20 bursts each',
  )
  for (const factor of [2, 3, 4]) {
    const random = seeded(factor)
    const made = Array.from({ length: 16 }, () =>
      simulate(random, { days: 1095, mean: 12, dispersion: 1.5, bursts: 20, factor }),
    )
    let [found, all, alone, years] = [0, 0, 0, 0]
    let falseTogether = 0
    for (let day = 63; day < 1095; day++) {
      const together = expectations(
        new Map(made.map(({ counts }, i): [number, Series] => [i, { counts }])),
        day,
      )
      for (const [i, { counts, bursts }] of made.entries()) {
        const burst = bursts.has(day)
        if (burst) all++
        if (together.get(i)?.above === true) burst ? found++ : falseTogether++
        if (!burst && expectation({ counts }, day)?.above === true) alone++
      }
    }
    years = (made.length * (1095 - 63)) / 365
    console.log(
      `bursts × ${factor}: ${((100 * found) / all).toFixed(0)} % found; false alarms per series and year: ${(falseTogether / years).toFixed(2)} (without false-discovery control ${(alone / years).toFixed(2)})`,
    )
  }
  const perDay = new Map<number, number>()
  let since = Infinity
  for (const row of rows) {
    if (row.date < '2021-10' || row.date > '2023-01') continue
    const day = Date.parse(row.date) / 86_400_000
    since = Math.min(since, day)
    if (ours({ title: '', text: row.text }).has('ukraine-war')) perDay.set(day, (perDay.get(day) ?? 0) + 1)
  }
  const series: Series = { since, counts: [...perDay].map(([day, count]) => ({ day, count })) }
  console.log('\nukraine-war in the archive, days of 2022 that spike:')
  for (let day = Date.UTC(2022, 0, 1) / 86_400_000; day < Date.UTC(2023, 0, 1) / 86_400_000; day++) {
    const found = expectation(series, day)
    if (found?.above === true)
      console.log(`  ${new Date(day * 86_400_000).toISOString().slice(0, 10)}  ${found.words}`)
  }
}

const thousands = (n: number): string => Math.round(n).toLocaleString('en')

gold()
examples('examples.jsonl', 'Headlines by the makers of the queries, labelled before these were tuned')
examples(
  'independent.jsonl',
  'Items by eleven writers who had not seen the queries; from "tune" queries were learnt once it had been counted',
)
if (hasSharedArchive) {
  const rows = sharedItems()
  headings(rows)
  speed(rows)
  spikes(rows)
} else console.log('\nArchive: skipped, ../shared/archive is not here.')
