import type { FrequencyOf } from './documentFrequency.ts'
import type { Postings } from './postings.ts'
import { coveringTerms, type Requirement, type Requirements } from './requirements.ts'
import { Rows } from './rows.ts'

/** What remains to be done with a query on the stories that meet the requirements kept here. */
export type Verdict =
  /** It has no covering terms: it is never a candidate and must be evaluated on every story. */
  | 'every story'
  /** It must be evaluated on the stories for which it is a candidate. */
  | 'evaluate'
  /** It matches the stories for which it is a candidate. */
  | 'matches'

/** A query that was a candidate in vain so often chooses its covering terms anew; the number doubles each time. */
const FIRST_PATIENCE = 8
/** How many requirements are kept beside a query, and of how many terms each may be. */
const MOST_REQUIREMENTS = 5
const MOST_TERMS = 64

/**
 * The queries registered under their covering terms (Lucene Monitor's presearcher): a query is a candidate only for stories
 * in which one of those occurs. Any choice of covering terms gives the same matches; a good one takes terms that are rare
 * in the stories.
 *
 * The query's other requirements are kept beside it, in one row with its neighbours. Most candidates fail there, and a query
 * that does need not be fetched from memory.
 */
export class Presearcher {
  /** How often a query was a candidate so far. */
  candidates = 0
  private readonly frequencyOf: FrequencyOf
  /** By term, packed: a query, how many numbers follow, and per requirement `atLeast`, the number of terms, the terms. */
  private readonly rows = new Rows()
  /** By query: its covering terms; the story it was last a candidate for; how often it may still be in vain, and at first. */
  private readonly covering: (readonly number[])[] = []
  private readonly lastStory: number[] = []
  private readonly left: number[] = []
  private readonly patience: number[] = []
  private story = 0

  constructor(frequencyOf: FrequencyOf) {
    this.frequencyOf = frequencyOf
  }

  /** Registers a query under the rarest terms that cover it. */
  add(query: number, requirements: Requirements): Verdict {
    this.patience[query] = FIRST_PATIENCE
    this.lastStory[query] = 0
    return this.register(query, requirements)
  }

  remove(query: number): void {
    for (const term of this.covering[query] ?? []) {
      const { numbers } = this.rows
      const from = this.rows.from(term)
      const kept: number[] = []
      for (let at = from, end = 0; at < this.rows.to(from); at = end) {
        end = at + 2 + (numbers[at + 1] as number)
        if (numbers[at] !== query) for (let i = at; i < end; i++) kept.push(numbers[i] as number)
      }
      this.rows.shorten(term, kept)
    }
    this.covering[query] = []
  }

  /** Registers a query anew, by the document frequencies known now. */
  move(query: number, requirements: Requirements): Verdict {
    this.remove(query)
    this.patience[query] = 2 * (this.patience[query] as number)
    return this.register(query, requirements)
  }

  /**
   * Calls `matches` for each candidate that meets the requirements kept beside it.
   * @param matches whether the query matches the story
   * @returns the queries that were candidates in vain often enough to be moved
   */
  search(postings: Postings, matches: (query: number) => boolean): readonly number[] {
    const { rows, lastStory, left } = this
    const { numbers } = rows
    const story = ++this.story
    const impatient: number[] = []
    for (const term of postings.terms) {
      const from = rows.from(term)
      if (from === 0) continue
      const to = rows.to(from)
      for (let at = from, end = 0; at < to; at = end) {
        const query = numbers[at] as number
        end = at + 2 + (numbers[at + 1] as number)
        if (lastStory[query] === story) continue
        lastStory[query] = story
        this.candidates++
        if (met(numbers, at + 2, end, postings) && matches(query)) continue
        const more = (left[query] as number) - 1
        left[query] = more
        if (more === 0) impatient.push(query)
      }
    }
    return impatient
  }

  private register(query: number, { all, complete }: Requirements): Verdict {
    const covering = coveringTerms(all, this.frequencyOf)
    this.covering[query] = covering?.terms ?? []
    this.left[query] = this.patience[query] as number
    if (covering === null) return 'every story'
    // Rare requirements fail first. The one that gave the covering terms is met by every candidate.
    const others = all
      .filter((requirement) => requirement !== covering)
      .sort((a, b) => a.frequency - b.frequency)
    const kept = others.filter(({ terms }) => terms.length <= MOST_TERMS).slice(0, MOST_REQUIREMENTS)
    const packed = kept.flatMap(pack)
    for (const term of covering.terms) this.rows.append(term, [query, packed.length, ...packed])
    return complete && kept.length === others.length ? 'matches' : 'evaluate'
  }
}

const pack = ({ terms, atLeast }: Requirement): number[] => [atLeast, terms.length, ...terms]

/** Whether a story meets the packed requirements of a row's [at, end). */
function met(row: Int32Array, at: number, end: number, postings: Postings): boolean {
  for (let i = at; i < end; ) {
    const atLeast = row[i] as number
    const next = i + 2 + (row[i + 1] as number)
    let have = 0
    for (i += 2; i < next && (have < atLeast || atLeast === 0); i++)
      if (postings.fieldsOf(row[i] as number) !== 0) {
        if (atLeast === 0) return false
        have++
      }
    if (have < atLeast) return false
    i = next
  }
  return true
}
