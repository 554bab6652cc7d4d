/** How alike two stories are: the features that weights.ts weighs, and the verdict. */
import {
  ENTITIES,
  endOf,
  lengthOf,
  NAMES,
  NUMBERS,
  PLACES,
  type Shared,
  type SharedWords,
  SOUNDS,
  share,
  shareWords,
  startOf,
  TITLE,
  TOPICS,
  type Traits,
  WORDS,
} from './traits.ts'

/** A story that others are compared with. */
export interface Member {
  readonly language: string
  readonly traits: Traits
  /** Epoch ms; NaN where it is undated. */
  readonly time: number
}

/** Two stories of one language; of two languages whose names are read as they sound; of two, one of which is not. */
export type Relation = 0 | 1 | 2

function relationOf(a: string, b: string): Relation {
  if (a === b) return 0
  return UNHEARD.has(a) || UNHEARD.has(b) ? 2 : 1
}
/** Languages in scripts that sound.ts does not read. */
const UNHEARD = new Set(
  'zh ja ko th ar fa ur ps he yi hi mr ne bn ta te ml kn gu pa si my km lo ka hy am'.split(' '),
)

export const FEATURES = [
  'bias',
  'title',
  'words',
  'covered',
  'names',
  'sounds',
  'numbers',
  'topics',
  'places',
  'words shared',
  'names shared',
  'numbers shared',
  'sounds shared',
  'topics shared',
  'other names',
  'other numbers',
  'other places',
  'days apart',
  'days apart, root',
  'covered, either',
  'names × topics',
  'places × topics',
  'sounds × topics',
  'words, root',
  'sounds, root',
  'numbers × topics',
  'brief',
  'entities',
  'entities shared',
  'other entities',
  'entities × topics',
  'entities × numbers',
  'entities covered',
] as const

const DAY = 86_400_000
const MOST_DAYS = 10
/** Where one of two is undated. */
const UNDATED_DAYS = 0.5
/** What two stories share is measured in such units of rarity². */
const SHARED = 10
/**
 * So much, in rarity², is added to the length of every vector that a cosine is taken of: what a story has little of proves little.
 * Else two stories that both name but one country, which is in all the news, were as alike in that as two can be.
 */
const SLIGHT = 10

const shared: Shared & { dot: number } = { cosine: 0, ofA: 0, ofB: 0, terms: 0, dot: 0 }
const sharedWords: SharedWords = { titles: 0, words: 0, titleOfA: 0, titleOfB: 0 }

function shareOf(a: Traits, b: Traits, channel: number): typeof shared {
  share(a, b, channel, shared)
  shared.dot = 0
  if (shared.terms === 0) return shared
  const [lengthA, lengthB] = [lengthOf(a, channel), lengthOf(b, channel)]
  const product = lengthA * lengthB
  shared.dot = shared.cosine * product
  shared.cosine *= product / (product + SLIGHT)
  shared.ofA *= lengthA ** 2 / (lengthA ** 2 + SLIGHT)
  shared.ofB *= lengthB ** 2 / (lengthB ** 2 + SLIGHT)
  return shared
}

/** A share of squared lengths where so much more is added to them. */
const slight = (share: number, squares: number): number => share * (squares / (squares + SLIGHT))
const massOf = (dot: number): number => Math.log1p(dot / SHARED)

/** Fills `into` with the features of a pair, in the order of FEATURES. */
export function compare(a: Member, b: Member, into: Float64Array): Relation {
  const relation = relationOf(a.language, b.language)
  const [x, y] = [a.traits, b.traits]
  const mass = (): number => massOf(shared.dot)
  into.fill(0)
  into[0] = 1
  if (relation === 0) {
    const { titles, words: cosine, titleOfA, titleOfB } = shareWords(x, y, sharedWords)
    const [titleA, titleB] = [lengthOf(x, TITLE), lengthOf(y, TITLE)]
    const [wordsA, wordsB] = [lengthOf(x, WORDS), lengthOf(y, WORDS)]
    into[1] = slight(titles, titleA * titleB)
    const ofA = slight(titleOfA, titleA ** 2)
    const ofB = slight(titleOfB, titleB ** 2)
    into[3] = (ofA + ofB) / 2
    into[19] = Math.min(ofA, ofB)
    const words = slight(cosine, wordsA * wordsB)
    into[2] = words
    into[9] = massOf(cosine * (wordsA * wordsB))
    into[23] = Math.sqrt(words)
  }
  const names = shareOf(x, y, NAMES).cosine
  into[4] = names
  into[10] = mass()
  into[14] = names === 0 && has(x, NAMES) && has(y, NAMES) ? 1 : 0
  const sounds = shareOf(x, y, SOUNDS).cosine
  into[5] = sounds
  into[12] = mass()
  into[24] = Math.sqrt(sounds)
  const numbers = shareOf(x, y, NUMBERS).cosine
  into[6] = numbers
  into[11] = mass()
  into[15] = numbers === 0 && has(x, NUMBERS) && has(y, NUMBERS) ? 1 : 0
  const topics = shareOf(x, y, TOPICS).cosine
  into[7] = topics
  into[13] = mass()
  const places = shareOf(x, y, PLACES).cosine
  into[8] = places
  into[16] = places === 0 && has(x, PLACES) && has(y, PLACES) ? 1 : 0
  const days = Math.abs(a.time - b.time) / DAY
  into[17] = Number.isNaN(days) ? UNDATED_DAYS : Math.min(days, MOST_DAYS)
  into[18] = Math.sqrt(into[17])
  into[20] = names * topics
  into[21] = places * topics
  into[22] = sounds * topics
  into[25] = numbers * topics
  into[26] = 1 / (1 + Math.min(size(x), size(y)))
  const entities = shareOf(x, y, ENTITIES).cosine
  into[27] = entities
  into[28] = mass()
  into[29] = entities === 0 && has(x, ENTITIES) && has(y, ENTITIES) ? 1 : 0
  into[30] = entities * topics
  into[31] = entities * numbers
  into[32] = Math.min(shared.ofA, shared.ofB)
  return relation
}

const size = (of: Traits): number => endOf(of, WORDS) - startOf(of, WORDS)
const has = (of: Traits, channel: number): boolean => endOf(of, channel) > startOf(of, channel)

const features = new Float64Array(FEATURES.length)

/** The log-odds that two stories are of one event. @param weights by relation, in the order of FEATURES */
export function logOdds(a: Member, b: Member, weights: readonly (readonly number[])[]): number {
  const own = weights[compare(a, b, features)] as readonly number[]
  let sum = 0
  for (let i = 0; i < features.length; i++) sum += (features[i] as number) * (own[i] as number)
  return sum
}

/** What speaks for two stories being of one event, and against it. */
export const KINDS = ['words', 'names', 'numbers', 'topics', 'places', 'time'] as const
export type Kind = (typeof KINDS)[number]

/** By feature, which kind of evidence it is; what is of none (the bias, how brief they are) is in all pairs. */
const KIND_OF: readonly (Kind | null)[] = FEATURES.map((name) => {
  if (/^(bias|brief)$/.test(name)) return null
  if (/days/.test(name)) return 'time'
  if (/names|sounds|entities/.test(name)) return 'names'
  if (/numbers/.test(name)) return 'numbers'
  if (/places/.test(name)) return 'places'
  if (/topics/.test(name)) return 'topics'
  return 'words'
})

/** The log-odds of a pair by kind of evidence; with what is of no kind they add up to `logOdds`. */
export function evidence(
  a: Member,
  b: Member,
  weights: readonly (readonly number[])[],
): ReadonlyMap<Kind, number> {
  const own = weights[compare(a, b, features)] as readonly number[]
  const found = new Map<Kind, number>(KINDS.map((kind) => [kind, 0]))
  KIND_OF.forEach((kind, i) => {
    if (kind !== null)
      found.set(kind, (found.get(kind) as number) + (features[i] as number) * (own[i] as number))
  })
  return found
}
