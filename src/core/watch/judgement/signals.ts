import { fieldOf, type Occurrence } from '../../query/match/occurrence.ts'
import type { Tokenised } from '../../query/match/tokenise.ts'
import { ConceptPlaces, type StoryConcepts } from './conceptPlaces.ts'
import { Passage, Passages, type Place } from './passage.ts'
import { SHAPES, SIDES, type Side } from './shapes.ts'

/** What stands in one passage of a story: read once, judged for any number of themes. */
export interface Evidence {
  readonly passage: Passage
  readonly concepts: ConceptPlaces
  /** Values of STORY. */
  readonly values: readonly number[]
  /** The concepts of the vocabulary that may stand in the passage. */
  readonly present: Present
}

/** Concepts of a passage. Where one stands is looked up when it is first asked for: a theme weighs a few of them. */
class Present {
  /** Their numbers in the vocabulary. */
  readonly numbers: readonly number[]
  private readonly look: (at: number) => number
  private readonly found: Int16Array

  /** @param look finds the sentence in which one of them stands first, by its place in `numbers` */
  constructor(numbers: readonly number[], look: (at: number) => number) {
    this.numbers = numbers
    this.look = look
    this.found = new Int16Array(numbers.length).fill(UNKNOWN)
  }

  /** The sentence in which one stands first, 0 being the headline; −1 where it does not stand in the passage. */
  sentence(at: number): number {
    if (this.found[at] === UNKNOWN) this.found[at] = this.look(at)
    return this.found[at] as number
  }
}
const UNKNOWN = -2

/** The passages of a story. Each is read when it is first asked for. */
export interface ReadPassages {
  readonly count: number
  at(number: number): Evidence
  /**
   * The passages after the opening that say most of a theme: of a relation those that name both sides most often, of another
   * theme those in which most of its query's words lie. The fullest comes first; at most MOST_FURTHER, and none without
   * any. They are not read for it.
   */
  further(theme: string, query: readonly Occurrence[]): readonly number[]
}

/** @param vocabulary the concepts that weights may name, each with its number */
export function passagesOf(
  story: Tokenised,
  vocabulary: ReadonlyMap<string, number>,
  { names, occurrences }: StoryConcepts,
): ReadPassages {
  const passages = new Passages(story)
  const read: Evidence[] = []
  /** The occurrences of each concept that the story holds, once somebody asked. */
  const found = new Map<string, readonly Occurrence[] | null>(names.map((name) => [name, null]))
  const there: StoryConcepts = {
    names,
    occurrences(concept) {
      const known = found.get(concept)
      if (known === undefined) return NONE
      if (known !== null) return known
      const list = occurrences(concept)
      found.set(concept, list)
      return list
    },
  }
  const namesSomebody = (): boolean =>
    NAMES.some((concept) => {
      const [first] = there.occurrences(concept)
      return first !== undefined && fieldOf(first) === 0
    })

  const inVocabulary = names.filter((concept) => vocabulary.has(concept))
  const numbers = inVocabulary.map((concept) => vocabulary.get(concept) as number)

  let halves: readonly InHalf[][] | undefined
  /** The concepts of the vocabulary in each half paragraph of the body, in the order of `names`. */
  function readHalves(): readonly InHalf[][] {
    const all: InHalf[][] = Array.from({ length: passages.count }, () => [])
    inVocabulary.forEach((concept, order) => {
      const index = numbers[order] as number
      passages.eachHalf(there.occurrences(concept), (half, first) => {
        all[half]?.push({ concept, index, order, first })
      })
    })
    return all
  }

  function presentIn(number: number, concepts: ConceptPlaces): Present {
    if (number === 0)
      return new Present(numbers, (at) => {
        const concept = inVocabulary[at] as string
        return concepts.firstSentence(concept, there.occurrences(concept))
      })
    halves ??= readHalves()
    const some = eitherHalf(halves[number - 1] ?? [], halves[number] ?? [])
    return new Present(
      some.map(({ index }) => index),
      (at) => {
        const { concept, first } = some[at] as InHalf
        return concepts.firstSentence(concept, [first])
      },
    )
  }

  return {
    count: passages.count,
    at(number) {
      const known = read[number]
      if (known !== undefined) return known
      const passage = new Passage(passages, number, namesSomebody)
      const concepts = new ConceptPlaces(passage, there)
      const present = presentIn(number, concepts)
      const evidence = { passage, concepts, values: storyValues(passage, concepts), present }
      read[number] = evidence
      return evidence
    },
    further(theme, query) {
      const sides = SHAPES[theme]?.sides?.map((side) => there.occurrences(SIDES[side]))
      const halves = (sides ?? [query]).map((occurrences) => passages.perHalf(occurrences))
      const words = (number: number): number =>
        Math.min(...halves.map((counts) => (counts[number - 1] as number) + (counts[number] as number)))
      const numbers: number[] = []
      for (let number = 1; number < passages.count; number++) if (words(number) > 0) numbers.push(number)
      return numbers.sort((a, b) => words(b) - words(a) || a - b).slice(0, MOST_FURTHER)
    },
  }
}

/** So many passages further down are judged: of the forty of a long story a few would seem to be on the theme by chance. */
const MOST_FURTHER = 4

/** A concept in half a paragraph of the body, with the first of its occurrences there. */
interface InHalf {
  readonly concept: string
  readonly index: number
  /** Its place among the concepts of the story, by which a list of these is ordered. */
  readonly order: number
  readonly first: Occurrence
}

/** The concepts of two halves that follow each other, each once. */
function eitherHalf(left: readonly InHalf[], right: readonly InHalf[]): readonly InHalf[] {
  const both: InHalf[] = []
  let next = 0
  for (const one of left) {
    for (; next < right.length && (right[next] as InHalf).order < one.order; next++)
      both.push(right[next] as InHalf)
    if (right[next]?.order === one.order) next++
    both.push(one)
  }
  for (; next < right.length; next++) both.push(right[next] as InHalf)
  return both
}

const NONE: readonly Occurrence[] = []

/** Concepts that say who acts: a title without any of them is a teaser. */
const NAMES = [
  'countries',
  'russia-side',
  'china-side',
  'us-side',
  'eu-side',
  'leader-names',
  'leader-clubs',
  'nato',
  'taiwan',
  'opec',
  'un',
]

/** The concepts that are asked about for every theme. */
const OF_STORY: readonly string[] = [
  ...NAMES,
  ...Object.values(SIDES),
  'news-outlets',
  'digest-words',
  'market-words',
  'pastime',
]
/** And for every relation. */
const OF_RELATION: readonly string[] = [
  'third-countries',
  'dealings',
  'sanctions',
  'tariffs',
  'meeting-words',
  'war-words',
]

/**
 * The concepts by which a theme's signals are found.
 * @param signals those of its signals that count for anything
 */
export function conceptsOf(theme: string, signals: Iterable<string>): string[] {
  const found = new Set(OF_STORY)
  if (SHAPES[theme]?.sides !== undefined) for (const concept of OF_RELATION) found.add(concept)
  for (const signal of signals) {
    const [, concepts] = signal.split(':')
    for (const concept of concepts?.split('+') ?? []) found.add(concept)
  }
  return [...found]
}

/**
 * The names of a theme's signals, in the order of their numbers, those of `concepts` last. `story.…` is of the story whatever
 * the theme, `query.…` of the words that the theme's query found, `relation.…` of what stands between two sides; `passage:…`,
 * `headline:…` and `title:…` (a headline that is no first sentence of a text without a title) are of a concept, `sentence:…` and
 * `near:…` of two.
 */
export function signalNames(theme: string, concepts: readonly string[]): string[] {
  const shape = SHAPES[theme]
  if (shape === undefined) return [...STORY, ...QUERY]
  return [
    ...STORY,
    ...(shape.sides === undefined ? QUERY : RELATION),
    ...(shape.pairs ?? []).flatMap((pair) => PAIR.map((what) => `${what}:${pair.join('+')}`)),
    ...concepts.flatMap((concept) => CONCEPT.map((what) => `${what}:${concept}`)),
  ]
}

/**
 * The signals of a story for a theme.
 * @param query the occurrences that made the theme's query match
 * @param places by the number of a concept in the vocabulary: its place among the concepts of the theme's signals, −1 where it is
 *   none of them
 * @param visit called with the number and the value of each signal that is not 0
 */
export function eachSignal(
  theme: string,
  evidence: Evidence,
  query: readonly Occurrence[],
  places: ArrayLike<number>,
  visit: (signal: number, value: number) => void,
): void {
  const shape = SHAPES[theme]
  let first = 0
  const all = (values: readonly number[]): void => {
    for (let i = 0; i < values.length; i++) if (values[i] !== 0) visit(first + i, values[i] as number)
    first += values.length
  }
  all(evidence.values)
  all(shape?.sides === undefined ? queryValues(evidence, query) : relationValues(evidence, shape.sides))
  if (shape === undefined) return
  for (const [one, other] of shape.pairs ?? []) all(pairValues(evidence, one, other))
  const { present } = evidence
  for (let i = 0; i < present.numbers.length; i++) {
    const place = places[present.numbers[i] as number] as number
    if (place < 0) continue
    const sentence = present.sentence(i)
    if (sentence < 0) continue
    const at = first + place * CONCEPT.length
    visit(at, 1)
    if (sentence !== 0) continue
    visit(at + 1, 1)
    if (evidence.passage.hasTitle) visit(at + 2, 1)
  }
}

const CONCEPT = ['passage', 'headline', 'title'] as const
const PAIR = ['sentence', 'near'] as const
/** Words between two concepts that count as near. */
const NEAR = 4

const STORY = [
  'story.title',
  'story.teaser',
  'story.one-sentence',
  'story.sentences',
  'story.words',
  'story.pastime-headline',
  'story.pastime',
  'story.outlet-headline',
  'story.outlet',
  'story.digest',
  'story.markets-headline',
  'story.markets',
  'story.sides-headline',
] as const

const sides = Object.keys(SIDES) as Side[]
const OTHERS = 'third-countries'

function storyValues(passage: Passage, concepts: ConceptPlaces): number[] {
  const headline = (concept: string): number => +concepts.has(concept, 0)
  const anywhere = (concept: string): number => +(concepts.of(concept).length > 0)
  return [
    +passage.hasTitle,
    +passage.hasTeaser,
    +(passage.sentences <= 1),
    Math.log1p(passage.sentences),
    Math.log1p(passage.words),
    headline('pastime'),
    anywhere('pastime'),
    headline('news-outlets'),
    anywhere('news-outlets'),
    headline('digest-words'),
    headline('market-words'),
    anywhere('market-words'),
    sides.filter((side) => concepts.has(SIDES[side], 0)).length,
  ]
}

const QUERY = [
  'query.headline',
  'query.first-sentence',
  'query.further',
  'query.times-headline',
  'query.times',
  'query.sentences',
  'query.share',
] as const

function queryValues({ passage }: Evidence, query: readonly Occurrence[]): number[] {
  const places = passage.places(query)
  let [headline, lead, further, words] = [0, 0, 0, 0]
  for (const { sentence, start, end } of places) {
    if (sentence === 0) headline++
    else if (sentence === 1) lead++
    else further++
    words += end - start
  }
  return [
    +(headline > 0),
    +(lead > 0),
    +(further > 0),
    Math.log1p(headline),
    Math.log1p(places.length),
    new Set(places.map(({ sentence }) => sentence)).size / Math.max(1, passage.sentences),
    (words * passage.scale) / Math.max(1, passage.words),
  ]
}

function pairValues({ passage, concepts }: Evidence, one: string, other: string): number[] {
  const [left, right] = [concepts.of(one), concepts.of(other)]
  let [together, near] = [0, 0]
  for (const a of left)
    for (const b of right) {
      if (a.sentence !== b.sentence) continue
      if (one === other ? a === b || passage.text(a) === passage.text(b) : a.start < b.end && b.start < a.end)
        continue
      together = 1
      if (between(a, b) * passage.scale <= NEAR) near = 1
    }
  return [together, near]
}

const between = (a: Place, b: Place): number => (a.start < b.start ? b.start - a.end : a.start - b.end)

const RELATION = [
  'relation.both',
  'relation.less-often',
  'relation.more-often',
  'relation.named-by-outlet',
  'relation.same-sentence',
  'relation.sentences',
  'relation.share-of-sentences',
  'relation.both-headline',
  'relation.both-first-sentence',
  'relation.side-by-side',
  'relation.dealing-between',
  'relation.dealing-near',
  'relation.dealing',
  'relation.dealings',
  'relation.sanctions',
  'relation.tariffs',
  'relation.meeting',
  'relation.war',
  'relation.other-sides',
  'relation.others',
  'relation.others-between',
  'relation.outlet-near',
  'relation.begins',
  'relation.other-sides-headline',
  'relation.share-of-actors',
] as const

function relationValues({ passage, concepts }: Evidence, [one, other]: readonly [Side, Side]): number[] {
  const [a, b] = [SIDES[one], SIDES[other]]
  const [left, right] = [concepts.of(a), concepts.of(b)]
  const third = sides.filter((side) => side !== one && side !== other)
  let actors = concepts.of(OTHERS).length
  for (const side of sides) actors += concepts.of(SIDES[side]).length
  return [
    +(left.length > 0 && right.length > 0),
    Math.log1p(Math.min(left.length, right.length)),
    Math.log1p(Math.max(left.length, right.length)),
    +concepts.losesToOutlets(a) + +concepts.losesToOutlets(b),
    ...sentenceValues(passage, concepts, left, right, third),
    +[...left, ...right].some(({ sentence, start }) => sentence === 0 && start <= 1),
    third.filter((side) => concepts.has(SIDES[side], 0)).length,
    actors === 0 ? 0 : (left.length + right.length) / actors,
  ]
}

/** What joins the two sides in the sentence where they stand nearest, the headline's before others. */
function sentenceValues(
  passage: Passage,
  concepts: ConceptPlaces,
  left: readonly Place[],
  right: readonly Place[],
  third: readonly Side[],
): number[] {
  let nearest: readonly [Place, Place] | undefined
  let least = Number.POSITIVE_INFINITY
  const shared = new Set<number>()
  for (const a of left)
    for (const b of right) {
      if (a.sentence !== b.sentence) continue
      shared.add(a.sentence)
      const apart = between(a, b) * passage.scale + Math.min(2, a.sentence) * 3
      if (apart >= least) continue
      least = apart
      nearest = a.start < b.start ? [a, b] : [b, a]
    }
  if (nearest === undefined) return new Array(SENTENCE_VALUES).fill(0)
  const [from, to] = nearest
  const { sentence } = from
  const isBetween = (concept: string): boolean =>
    concepts.of(concept).some(({ start, end }) => start >= from.end && end <= to.start)
  const isNear = (concept: string, words: number): boolean =>
    concepts
      .in(concept, sentence)
      .some(
        ({ start, end }) =>
          start < to.end + words / passage.scale && end > from.start - words / passage.scale,
      )
  const has = (concept: string): number => +concepts.has(concept, sentence)
  return [
    1,
    Math.log1p(shared.size),
    shared.size / passage.sentences,
    +shared.has(0),
    +shared.has(1),
    +((to.start - from.end) * passage.scale <= 2),
    +isBetween('dealings'),
    +isNear('dealings', NEAR),
    has('dealings'),
    Math.log1p(concepts.in('dealings', sentence).length),
    has('sanctions'),
    has('tariffs'),
    has('meeting-words'),
    has('war-words'),
    third.filter((side) => concepts.has(SIDES[side], sentence)).length,
    Math.min(concepts.in(OTHERS, sentence).length, 4),
    +(third.some((side) => isBetween(SIDES[side])) || isBetween(OTHERS)),
    +isNear('news-outlets', 2),
  ]
}
const SENTENCE_VALUES = 18
