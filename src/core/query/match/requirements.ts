import type { FrequencyOf } from './documentFrequency.ts'

/**
 * What a query requires of a story's terms, extracted without looking at positions (Lucene Monitor's query analysis,
 * Elasticsearch's percolator). A story that misses a requirement cannot match.
 */
export interface Requirements {
  readonly all: readonly Requirement[]
  /** True if every story that meets all of them matches. Otherwise the query must be evaluated on those that do. */
  readonly complete: boolean
}

/** So many of these terms must occur, or none of them may. */
export interface Requirement {
  readonly terms: readonly number[]
  /** How many must occur; 0: none may. */
  readonly atLeast: number
  /** The terms' document frequencies added up: about the share of stories in which one occurs. */
  readonly frequency: number
}

/** The requirements of what can match without any term, or depends on more than terms. */
export const NO_REQUIREMENTS: Requirements = { all: [], complete: false }

export const oneTerm = (term: number, frequencyOf: FrequencyOf): Requirements => ({
  all: [{ terms: [term], atLeast: 1, frequency: frequencyOf(term) }],
  complete: true,
})

/** All parts must match. */
export const allOf = (parts: readonly Requirements[]): Requirements => ({
  all: parts.flatMap(({ all }) => all),
  complete: parts.every(({ complete }) => complete),
})

/** At least so many of the parts must match. */
export function someOf(
  parts: readonly Requirements[],
  atLeast: number,
  frequencyOf: FrequencyOf,
): Requirements {
  const single = parts.flatMap(({ all, complete }) =>
    complete && all.length === 1 && all[0]?.atLeast === 1 ? all : [],
  )
  const terms = [...new Set(single.flatMap((requirement) => requirement.terms))]
  const sum = (of: readonly number[]) => of.reduce((frequency, term) => frequency + frequencyOf(term), 0)
  if (single.length === parts.length && (atLeast === 1 || terms.length === parts.length))
    return { all: [{ terms, atLeast, frequency: sum(terms) }], complete: true }
  // Of any n - atLeast + 1 parts at least one matches, so the terms of the rarest such choice cover the query. Parts
  // without covering terms sort last.
  const covering = parts
    .map(({ all }) => coveringTerms(all, frequencyOf))
    .sort((a, b) => (a?.frequency ?? Infinity) - (b?.frequency ?? Infinity))
    .slice(0, Math.max(0, parts.length - atLeast + 1))
  if (covering.includes(null)) return NO_REQUIREMENTS
  const covered = [...new Set(covering.flatMap((requirement) => requirement?.terms ?? []))]
  return { all: [{ terms: covered, atLeast: 1, frequency: sum(covered) }], complete: false }
}

/** The part must not match. */
export function noneOf({ all, complete }: Requirements): Requirements {
  const [requirement, ...more] = all
  if (!complete || requirement?.atLeast !== 1 || more.length > 0) return NO_REQUIREMENTS
  return { all: [{ terms: requirement.terms, atLeast: 0, frequency: 1 }], complete: true }
}

/**
 * The part must match within one field. Terms it requires must occur in the story, but terms it excludes may occur in
 * another field, so exclusions are dropped.
 */
export const inOneField = ({ all }: Requirements): Requirements => ({
  all: all.filter(({ atLeast }) => atLeast > 0),
  complete: false,
})

/**
 * The covering terms: the rarest set of terms of which at least one occurs in every match, or null if there is none. Where
 * `atLeast` of n terms must occur, any n - atLeast + 1 of them are such a set, so the most frequent ones are left out.
 */
export function coveringTerms(
  requirements: readonly Requirement[],
  frequencyOf: FrequencyOf,
): Requirement | null {
  let best: Requirement | null = null
  for (const requirement of requirements) {
    if (requirement.atLeast === 0) continue
    const covering = requirement.atLeast === 1 ? requirement : rarest(requirement, frequencyOf)
    if (best === null || covering.frequency < best.frequency) best = covering
  }
  return best
}

function rarest({ terms, atLeast }: Requirement, frequencyOf: FrequencyOf): Requirement {
  const kept = terms
    .map((term) => ({ term, frequency: frequencyOf(term) }))
    .sort((a, b) => a.frequency - b.frequency)
    .slice(0, Math.max(0, terms.length - atLeast + 1))
  return {
    terms: kept.map(({ term }) => term),
    atLeast: 1,
    frequency: kept.reduce((sum, { frequency }) => sum + frequency, 0),
  }
}
