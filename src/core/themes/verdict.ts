import type { Weighed } from '../watch/judgement/judge.ts'
import { wordList } from '../wordList.ts'

/** Sums of signals that say the same, in logits: less than this is not worth a word. */
const LEAST = 0.2
/** Signals named for and against. */
const MOST = 3

/** What spoke for and against a theme, in words; '' where nothing did. */
export interface Grounds {
  readonly spokeFor: string
  readonly spokeAgainst: string
}

/**
 * Puts the signals of a verdict into words. Signals of one thing (a concept in the headline, in the passage, how often) are
 * added up first: only their sum says whether it spoke for or against.
 * @param label what a concept is called in the interface
 */
export function groundsOf(weighed: readonly Weighed[], label: (concept: string) => string): Grounds {
  const sums = new Map<string, { adds: number; signals: Set<string> }>()
  for (const { signal, adds } of weighed) {
    const what = subjectOf(signal)
    if (what === null) continue
    const sum = sums.get(what) ?? { adds: 0, signals: new Set() }
    sum.adds += adds
    sum.signals.add(signal)
    sums.set(what, sum)
  }
  const said = [...sums]
    .filter(([, { adds }]) => Math.abs(adds) >= LEAST)
    .sort(([, a], [, b]) => Math.abs(b.adds) - Math.abs(a.adds))
    .map(([what, { adds, signals }]) => ({ adds, words: inWords(what, signals, label) }))
  const list = (some: typeof said): string =>
    wordList([...new Set(some.map(({ words }) => words))].slice(0, MOST))
  return {
    spokeFor: list(said.filter(({ adds }) => adds > 0)),
    spokeAgainst: list(said.filter(({ adds }) => adds < 0)),
  }
}

/** What a signal is about; null for the story's form (its length, whether it has a title), which says nothing to a person. */
function subjectOf(signal: string): string | null {
  const [kind, names] = signal.split(':')
  if (names !== undefined) return names
  const name = (kind as string).split('.')[1] as string
  if (signal.startsWith('query.')) return 'query'
  for (const [what, signals] of Object.entries(SUBJECTS))
    if (signals.some((one) => name.startsWith(one))) return what
  return null
}

/** By what they are about, how the names of signals begin. */
const SUBJECTS = {
  sides: ['both', 'same-sentence', 'sentences-of', 'share-of-sentences', 'side-by-side'],
  often: ['less-often', 'more-often', 'share-of-actors', 'begins'],
  dealings: ['dealing', 'sanctions', 'tariffs', 'meeting', 'war'],
  others: ['other', 'sides-headline'],
  outlets: ['outlet', 'named-by-outlet'],
  pastime: ['pastime'],
  digest: ['digest'],
  markets: ['markets'],
} as const

function inWords(what: string, signals: ReadonlySet<string>, label: (concept: string) => string): string {
  switch (what) {
    case 'query':
      return 'where its words stand'
    case 'sides':
      if (signals.has('relation.both-headline')) return 'both sides in the headline'
      if (signals.has('relation.both-first-sentence')) return 'both sides in the first sentence'
      if (signals.has('relation.same-sentence')) return 'both sides in one sentence'
      return signals.has('relation.both') ? 'the sides in different sentences' : 'a side that is missing'
    case 'often':
      return 'how often the sides are named among all actors'
    case 'dealings':
      return signals.has('relation.dealing-between')
        ? 'what stands between the two sides'
        : 'what the two sides have to do with each other'
    case 'others':
      return 'other countries beside them'
    case 'outlets':
      return 'a news outlet as the source'
    case 'pastime':
      return 'sport, arts or holidays'
    case 'digest':
      return 'a round-up or live blog'
    case 'markets':
      return 'stock and currency markets'
    default: {
      const names = what.split('+').map((name) => `“${label(name)}”`)
      if (names.length > 1) return `${names.join(' beside ')}`
      return signals.has(`headline:${what}`) || signals.has(`title:${what}`)
        ? `${names[0]} in the headline`
        : (names[0] as string)
    }
  }
}
