import { readFileSync } from 'node:fs'
import { parseQuery } from '../../src/core/query/language/parse.ts'
import { printQuery } from '../../src/core/query/language/print.ts'
import { createMatcher } from '../../src/core/query/match/matcher.ts'
import type { Occurrence } from '../../src/core/query/match/occurrence.ts'
import { tokenise } from '../../src/core/query/match/tokenise.ts'
import type { Pack } from '../../src/core/themes/pack.ts'
import { conceptBook } from '../../src/core/watch/conceptBook.ts'
import { type Forest, ReadForest } from '../../src/core/watch/judgement/forest.ts'
import {
  FOREST_SHARE,
  type ThemeWeights as Learnt,
  type Weights,
} from '../../src/core/watch/judgement/judge.ts'
import { SHAPES } from '../../src/core/watch/judgement/shapes.ts'
import { eachSignal, passagesOf, signalNames } from '../../src/core/watch/judgement/signals.ts'
import { randomForest } from './forest.ts'
import { type LabelledItem, labelled } from './labelled.ts'
import { type Example, logisticRegression } from './logistic.ts'

/** The weights of one theme, before it is said which query they are for. */
type ThemeWeights = Omit<Learnt, 'query'>

/** A theme's signals on an item that its query matches. */
export interface Sample {
  readonly item: LabelledItem
  readonly theme: string
  readonly signals: readonly (readonly [name: string, value: number])[]
  /** The signals of the theme's evidence. Their weights are not learnt one by one. */
  readonly evidence: readonly (readonly [name: string, value: number])[]
  /** The signals that every theme has: the story's and the query's. */
  readonly general: readonly (readonly [name: string, value: number])[]
}

/** Concepts that occur in fewer items teach nothing about news they were not seen in. */
const LEAST_ITEMS = 25
/** Signals of fewer examples are left out. */
const LEAST_EXAMPLES = 4
/** Items written for the purpose look little like news: they count so much of one, for a theme that news shows seldom more. */
const WRITTEN_COUNTS = { usually: 0.3, seldom: 1 }
/** A theme with fewer items of news is seldom. */
const SELDOM = 30
/**
 * λ: of a theme by itself; of what all relations share; of what one relation has beside; of all themes together; of the bias of
 * a language.
 */
const PENALTY = { alone: 4, shared: 7.5, own: 30, general: 5, language: 0.5 }
/** A query that a person writes says more than the pack's, which only find candidates: so many of its matches are right. */
const OWN_QUERY_RIGHT = 0.75
/** Smaller weights move no verdict. */
const LEAST_WEIGHT = 0.03

/**
 * What editors know of a theme: concepts that speak for it (above 0) or against it where its query matches, 2 or 3 being how
 * strongly.
 */
const EVIDENCE: Readonly<Record<string, Readonly<Record<string, number>>>> = JSON.parse(
  readFileSync(new URL('evidence.json', import.meta.url), 'utf8'),
)
/**
 * What evidence weighs for each step of strength in the passage, and in its title beside that: twice what logistic regression
 * beside the score made of it, on days whose news its writers had not read, since the sum is half of a score.
 */
const EVIDENCE_WEIGHS = { for: { passage: 0.24, title: 0.7 }, against: { passage: 0.7, title: 0.9 } }

function evidenceWeights(theme: string): Record<string, number> {
  const weights: Record<string, number> = {}
  for (const [concept, strength] of Object.entries(EVIDENCE[theme] ?? {}))
    for (const [where, weight] of Object.entries(EVIDENCE_WEIGHS[strength > 0 ? 'for' : 'against']))
      weights[`${where}:${concept}`] = Number((strength * weight).toFixed(3))
  return weights
}

export const themesOf = (pack: Pack): string[] => pack.themes.map(({ id }) => id)

/** Reads items into samples: each theme's candidates. */
export function samplesOf(
  pack: Pack,
  items: readonly LabelledItem[],
): { samples: Sample[]; vocabulary: string[] } {
  const concepts = conceptBook(pack.concepts)
  const names = [...concepts.keys()]
  const matcher = createMatcher({ concepts, timeZone: 'UTC' })
  for (const { id, query } of pack.themes)
    matcher.set(id, parseQuery(query, { use: 'theme', concepts }).query)
  matcher.watchConcepts(names)
  const numbers = new Map(names.map((name, number) => [name, number]))
  const seen = new Map(names.map((name) => [name, 0]))
  const read = items.map((item) => {
    const story = tokenise({ title: item.title, summary: '', text: item.text, published: null })
    const matched = matcher.match(story, 0)
    const evidence = passagesOf(story, numbers, {
      names: matcher.conceptsIn(story),
      occurrences: (concept) => matcher.conceptOccurrences(concept, story),
    }).at(0)
    evidence.present.numbers.forEach((number, at) => {
      if (evidence.present.sentence(at) < 0) return
      const name = names[number] as string
      seen.set(name, (seen.get(name) as number) + 1)
    })
    const queries = new Map(
      matched.map((id): [string, readonly Occurrence[]] => [id, matcher.occurrences(id, story, 0)]),
    )
    return { item, evidence, queries }
  })
  const isEvidence = new Set(Object.values(EVIDENCE).flatMap((of) => Object.keys(of)))
  const vocabulary = names.filter(
    (name) => !isEvidence.has(name) && (seen.get(name) as number) >= LEAST_ITEMS,
  )
  const asked = new Map(
    [...themesOf(pack), ''].map((theme) => {
      const some = [...vocabulary, ...Object.keys(EVIDENCE[theme] ?? {})]
      return [theme, { signals: signalNames(theme, some), places: names.map((name) => some.indexOf(name)) }]
    }),
  )
  const samples = read.flatMap(({ item, evidence, queries }) =>
    [...queries].map(([theme, query]): Sample => {
      const list = (shape: string): [string, number][] => {
        const found: [string, number][] = []
        const { signals, places } = asked.get(shape) as { signals: string[]; places: number[] }
        eachSignal(shape, evidence, query, places, (signal, value) =>
          found.push([signals[signal] as string, value]),
        )
        return found
      }
      const own = EVIDENCE[theme] ?? {}
      const ofEvidence = (name: string): boolean => (name.split(':')[1] ?? '') in own
      const signals = list(theme)
      return {
        item,
        theme,
        // A title is told from a first sentence for evidence alone.
        signals: signals.filter(([name]) => !ofEvidence(name) && !name.startsWith('title:')),
        evidence: signals.filter(([name]) => ofEvidence(name)),
        general: list(''),
      }
    }),
  )
  return { samples, vocabulary: [...vocabulary, ...isEvidence] }
}

/** The sets that weights are learnt from; never `news`, which only reports. */
export const LEARNT_FROM = ['news-more', 'examples', 'independent'] as const

/** The items that may be learnt from. */
export const learningItems = (): LabelledItem[] =>
  LEARNT_FROM.flatMap(labelled).filter(({ part }) => part !== 'held')

export const isNews = ({ set }: LabelledItem): boolean => set === 'news-more'
const isWritten = (item: LabelledItem): boolean => !isNews(item)

/**
 * Learns weights from samples. The relations learn together: each signal has a weight that they share and, penalised more,
 * one of each; the other themes learn alone; the general weights from all.
 */
export function learn(
  candidates: readonly Sample[],
  themes: readonly string[],
): Pick<Weights, 'forests'> & { general: ThemeWeights; themes: Record<string, ThemeWeights> } {
  const samples = candidates.filter(({ item, theme }) => !item.disputed.has(theme))
  const relations = themes.filter((theme) => SHAPES[theme]?.sides !== undefined)
  const learnt: Record<string, ThemeWeights> = {}
  const forests: Record<string, Forest> = {}
  for (const group of [
    relations,
    ...themes.filter((theme) => !relations.includes(theme)).map((theme) => [theme]),
  ]) {
    const some = samples.filter(({ theme }) => group.includes(theme))
    const forest = group === relations ? 'relations' : (group[0] as string)
    forests[forest] = grownFrom(some, group)
    for (const [theme, weights] of Object.entries(learnTogether(some, group)))
      learnt[theme] = { ...weights, weights: { ...weights.weights, ...evidenceWeights(theme) }, forest }
  }
  const all = learnTogether(
    samples.map((sample) => ({
      ...sample,
      theme: '',
      is: sample.item.themes.has(sample.theme),
      signals: sample.general,
    })),
    [''],
    PENALTY.general,
  )
  const general = all[''] as ThemeWeights
  const share = samples.filter(({ item, theme }) => item.themes.has(theme)).length / samples.length
  const bias = Number((general.bias + logit(OWN_QUERY_RIGHT) - logit(share)).toFixed(3))
  return {
    forests,
    general: { ...general, bias },
    themes: Object.fromEntries(themes.map((theme) => [theme, learnt[theme] as ThemeWeights])),
  }
}

/**
 * While it is learnt, each language of a set has a bias of its own, by which no story is judged. How many of its items are on a
 * theme comes from how they were drawn: of the labelled German, French and Russian news nearly none are. Without this, whatever
 * is frequent in such a language would speak against every theme.
 */
const LANGUAGE = '(language)'

const logit = (share: number): number => Math.log(share / (1 - share))

function learnTogether(
  samples: readonly (Sample & { readonly is?: boolean })[],
  group: readonly string[],
  alone: number = PENALTY.alone,
): Record<string, ThemeWeights> {
  const shares = group.length > 1
  const numbers = new Map<string, number>()
  const times: number[] = []
  const penalties: number[] = []
  const numberOf = (key: string, penalty: number): number => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, penalties.length)
    times.push(0)
    return penalties.push(penalty) - 1
  }
  const written = writtenCounts(samples, group)
  const examples = samples.map(({ item, theme, signals, is }): Example => {
    const features: number[] = []
    const values: number[] = []
    const add = (key: string, penalty: number, value: number): void => {
      const number = numberOf(key, penalty)
      times[number] = (times[number] as number) + 1
      features.push(number)
      values.push(value)
    }
    if (shares) add(`${theme}|`, 1, 1)
    add(`${LANGUAGE}|${item.set} ${item.lang}`, PENALTY.language, 1)
    for (const [name, value] of signals) {
      if (shares) add(`|${name}`, PENALTY.shared, value)
      add(`${theme}|${name}`, shares ? PENALTY.own : alone, value)
    }
    return { features, values, is: is ?? item.themes.has(theme), counts: isWritten(item) ? written : 1 }
  })
  const weights = logisticRegression(
    examples,
    penalties.map((penalty, number) => ((times[number] as number) < LEAST_EXAMPLES ? 1e3 : penalty)),
  )
  const bias = weights.at(-1) as number
  return Object.fromEntries(
    group.map((theme) => {
      const own: Record<string, number> = {}
      const at = (key: string): number =>
        numbers.has(key) ? (weights[numbers.get(key) as number] as number) : 0
      for (const key of numbers.keys()) {
        const [whose, name] = key.split('|') as [string, string]
        if (name === '' || (whose !== '' && whose !== theme) || name in own) continue
        const weight = at(`${theme}|${name}`) + (shares ? at(`|${name}`) : 0)
        if (Math.abs(weight) >= LEAST_WEIGHT) own[name] = Number(weight.toFixed(3))
      }
      return [theme, { bias: Number((bias + (shares ? at(`${theme}|`) : 0)).toFixed(3)), weights: own }]
    }),
  )
}

/** How much a written item counts of an item of news. */
function writtenCounts(samples: readonly Sample[], group: readonly string[]): number {
  const shown = samples.filter(({ item, theme }) => !isWritten(item) && item.themes.has(theme)).length
  return group.length === 1 && group[0] !== '' && shown < SELDOM
    ? WRITTEN_COUNTS.seldom
    : WRITTEN_COUNTS.usually
}

/** A forest for the themes of a group, which ask for the same signals. */
function grownFrom(samples: readonly Sample[], group: readonly string[]): Forest {
  const written = writtenCounts(samples, group)
  const numbers = new Map<string, number>()
  const examples = samples.map(
    ({ item, theme, signals }): Example => ({
      features: signals.map(([name]) => {
        const number = numbers.get(name) ?? numbers.size
        numbers.set(name, number)
        return number
      }),
      values: signals.map(([, value]) => value),
      is: item.themes.has(theme),
      counts: isWritten(item) ? written : 1,
    }),
  )
  return randomForest(examples, [...numbers.keys()])
}

/** Scores samples as the judge does. */
export function scorer({
  themes,
  forests,
}: Pick<ReturnType<typeof learn>, 'themes' | 'forests'>): (sample: Sample) => number {
  const read = new Map(Object.entries(forests).map(([name, forest]) => [name, new ReadForest(forest)]))
  return ({ theme, signals, evidence }) => {
    const { bias, weights, forest = '' } = themes[theme] as ThemeWeights
    let sum = bias
    for (const [name, value] of [...signals, ...evidence]) sum += (weights[name] ?? 0) * value
    const values = new Map(signals)
    const names = forests[forest]?.signals ?? []
    const grown = read.get(forest)?.sum((signal) => values.get(names[signal] as string) ?? 0) ?? sum
    return 1 / (1 + Math.exp(-(sum + FOREST_SHARE * (grown - sum))))
  }
}

/** Weights as they ship: each with the query whose matches they judge. */
export function withQueries(
  { general, themes, forests }: ReturnType<typeof learn>,
  pack: Pack,
): Pick<Weights, 'general' | 'themes' | 'forests'> {
  const queries = new Map(
    pack.themes.map(({ id, query }) => [id, printQuery(parseQuery(query, { use: 'theme' }).query)]),
  )
  return {
    forests,
    general: { query: '', ...general },
    themes: Object.fromEntries(
      Object.entries(themes).map(([theme, weights]) => [
        theme,
        { query: queries.get(theme) ?? '', ...weights },
      ]),
    ),
  }
}
