/**
 * How well themes tag, against people's labels; how fast; and how well spikes are found.
 * `npm run bench -- themes [--misses]`: with `--misses` prints every item whose tags differ from its labels.
 */
import { seeded } from '../src/core/fixtures/random.ts'
import { type ArchiveItem, hasSharedArchive, sharedItems } from '../src/core/fixtures/sharedArchive.ts'
import { builtInPack } from '../src/core/offline/builtInPack.ts'
import { parseQuery } from '../src/core/query/language/parse.ts'
import type { Subject } from '../src/core/query/match/subject.ts'
import { tokenise } from '../src/core/query/match/tokenise.ts'
import { simulate } from '../src/core/spikes/fixtures/simulate.ts'
import { expectation, expectations, type Series } from '../src/core/spikes/spikes.ts'
import { conceptBook } from '../src/core/watch/conceptBook.ts'
import { createPercolator } from '../src/core/watch/percolator.ts'
import {
  type Agreement,
  agreement,
  f1,
  interval,
  macro,
  precision,
  recall,
  type Tagging,
} from './learn/agreement.ts'
import { scoresByDay, scoresBySource, tagsAt } from './learn/crossValidate.ts'
import { type LabelledItem, labelled } from './learn/labelled.ts'
import { learningItems, samplesOf } from './learn/model.ts'

const pack = builtInPack()
const misses = process.argv.includes('--misses')
const themes = pack.themes.map((theme) => theme.id)
const concepts = conceptBook(pack.concepts)
const percolator = createPercolator({ concepts, timeZone: 'UTC' })
for (const [id, { id: key, query, threshold, group }] of pack.themes.entries())
  percolator.setTheme({ id, key, query: parseQuery(query, { use: 'theme' }).query, threshold, group })

type Texts = Pick<LabelledItem, 'title' | 'text'>
/** The tags that ship, on a text given as the story's text. */
const ours = ({ title, text }: Texts): ReadonlySet<string> =>
  tagsOf({ title, summary: '', text, published: null })
/** The same on a text given as the story's summary. */
const asSummary = ({ title, text }: Texts): ReadonlySet<string> =>
  tagsOf({ title, summary: text, text: '', published: null })
const tagsOf = (subject: Subject): ReadonlySet<string> =>
  new Set([...percolator.match(tokenise(subject), 0).tags.keys()].map((id) => themes[id] as string))

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
const naive = ({ title, text }: Texts): ReadonlySet<string> => {
  const all = `${title} ${text}`
  return new Set(themes.filter((theme) => (KEYWORDS[theme] as RegExp[]).every((word) => word.test(all))))
}

const f = (value: number): string => value.toFixed(3)
const range = ([low, high]: readonly [number, number]): string => `${f(low)}–${f(high)}`

/** A set: how well it is tagged, in all, by theme and by language. */
function report(what: string, items: readonly LabelledItem[], tagging: Tagging): void {
  if (items.length === 0) {
    console.log(`\n${what}: skipped, it is not here.`)
    return
  }
  console.log(`\n${what}: ${items.length} items`)
  const all = agreement(items, tagging, themes)
  const within = (measure: (counts: Agreement) => number): string =>
    `${f(measure(all))} (${range(interval(items, tagging, themes, measure))})`
  console.log(
    `micro       precision ${within(precision)}, recall ${within(recall)}, F1 ${within(f1)}; macro F1 ${f(macro(items, tagging, themes))}`,
  )
  const base = agreement(items, naive, themes)
  console.log(`keywords    precision ${f(precision(base))}, recall ${f(recall(base))}, F1 ${f(f1(base))}`)
  const agreed = readingsAgree(items)
  if (agreed !== null) console.log(`readings    F1 ${f(agreed)} with each other`)
  for (const lang of ['en', 'ru', 'zh', 'fr', 'es', 'de']) {
    const some = items.filter((item) => item.lang === lang)
    if (some.length > 0) row(lang, some, tagging, themes)
  }
  for (const theme of themes) row(theme, items, tagging, [theme])
  if (misses) printMisses(items, tagging)
}

function row(what: string, items: readonly LabelledItem[], tagging: Tagging, some: readonly string[]): void {
  const counts = agreement(items, tagging, some)
  const labels = counts.right + counts.missed
  console.log(
    `${what.padEnd(17)} ${String(labels).padStart(4)} labels  precision ${f(precision(counts))}  recall ${f(recall(counts))}  F1 ${f(f1(counts))} (${range(interval(items, tagging, some, f1))})  keywords ${f(f1(agreement(items, naive, some)))}`,
  )
}

/** F1 of one reading against the other; null where the items were read once. */
function readingsAgree(items: readonly LabelledItem[]): number | null {
  if (items.every(({ readers }) => readers !== undefined)) {
    const first = items.map((item) => ({ ...item, themes: new Set(item.readers?.[0]) }))
    const second = new Map(items.map(({ id, readers }) => [id, new Set(readers?.[1])]))
    return f1(agreement(first, ({ id }) => second.get(id) ?? new Set(), themes))
  }
  const disputed = items.reduce((sum, item) => sum + item.disputed.size, 0)
  const both = items.reduce((sum, item) => sum + item.themes.size, 0)
  return disputed === 0 ? null : (2 * both) / (2 * both + disputed)
}

function printMisses(items: readonly LabelledItem[], tagging: Tagging): void {
  for (const item of items) {
    const tags = tagging(item)
    const differences = themes.flatMap((theme) => {
      const [is, has] = [item.themes.has(theme), tags.has(theme)]
      return is === has || item.disputed.has(theme) ? [] : [`${is ? '−' : '+'}${theme}`]
    })
    if (differences.length > 0)
      console.log(`  ${item.id} ${differences.join(' ')} :: ${item.title} | ${item.text}`)
  }
}

/** News by weights that were learnt without the day, or the source, of each item. */
function crossValidated(): void {
  const { samples } = samplesOf(pack, learningItems())
  const thresholds = new Map(pack.themes.map(({ id, threshold }) => [id, threshold]))
  for (const [what, scores] of Object.entries({ day: scoresByDay, source: scoresBySource }))
    report(
      `news-more.jsonl, cross-validated by ${what}, without the evidence that was written after reading it`,
      labelled('news-more'),
      tagsAt(scores(samples, themes), (theme) => thresholds.get(theme) ?? 1),
    )
}

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
    const count = (some: readonly ArchiveItem[], tagging: typeof ours): number =>
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
  /** Stories a second of processor time, in the best of some rounds. */
  const rate = (tagging: typeof ours): number => {
    const rounds = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage()
      for (const row of some) tagging({ title: '', text: row.text })
      const { user, system } = process.cpuUsage(start)
      return user + system
    })
    return (1e6 * some.length) / Math.min(...rounds)
  }
  const only = rate(({ text }) => {
    tokenise({ title: '', summary: '', text, published: null })
    return new Set()
  })
  const [mine, keywords] = [rate(ours), rate(naive)]
  console.log(
    `\nSpeed, processor time, best of 5 rounds, ${some.length} stories of ${words.toFixed(0)} words, ${themes.length} themes`,
  )
  console.log(
    `words, themes, scores: ${thousands(mine)} stories/s; words alone ${thousands(only)}/s; ratio ${(mine / only).toFixed(2)}`,
  )
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

report('news.jsonl, which nothing is learnt from', labelled('news'), ours)
console.log(
  `as summary  F1 ${f(f1(agreement(labelled('news'), asSummary, themes)))} where the text is the story's summary`,
)
crossValidated()
report('items.jsonl, from Wikipedia, without titles', labelled('items'), ours)
for (const set of ['examples', 'independent'])
  report(
    `${set}.jsonl, written for the purpose, what is not learnt from`,
    labelled(set).filter(({ part }) => part === 'held'),
    ours,
  )
if (hasSharedArchive) {
  const rows = sharedItems()
  headings(rows)
  speed(rows)
  spikes(rows)
} else console.log('\nArchive: skipped, ../shared/archive is not here.')
