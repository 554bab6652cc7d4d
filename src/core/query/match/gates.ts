import type { WordsTerm } from '../language/ast.ts'
import type { Found } from './leaves.ts'
import { Rows } from './rows.ts'

/**
 * What a query needs for a match: of some leaves so many must occur, or none may. The rarest need that wants a leaf is the
 * query's gate: it is looked at only when one occurs (Lucene Monitor's presearcher), and evaluated only when all needs are
 * met. Any choice gives the same answers; a good one takes leaves that are rare in the stories.
 */
export interface Need {
  readonly leaves: readonly number[]
  /** How many of them must occur; 0: none may. */
  readonly atLeast: number
  /** In what share of stories one of them is expected, counted once for each. */
  readonly rate: number
}

/** In what share of stories a leaf is expected to occur. */
export type RateOf = (leaf: number) => number

/** All that a query, or a part of one, needs. */
export interface Needs {
  readonly all: readonly Need[]
  /** Whether it matches wherever they are met. */
  readonly decided: boolean
}

/** What can match without any leaf, or is not told by leaves alone. */
export const NO_NEEDS: Needs = { all: [], decided: false }

export const oneLeaf = (leaf: number, rateOf: RateOf): Needs => ({
  all: [{ leaves: [leaf], atLeast: 1, rate: rateOf(leaf) }],
  decided: true,
})

/** All parts must match. */
export const allOf = (parts: readonly Needs[]): Needs => ({
  all: parts.flatMap(({ all }) => all),
  decided: parts.every(({ decided }) => decided),
})

/** At least so many of the parts must match. */
export function someOf(parts: readonly Needs[], atLeast: number, rateOf: RateOf): Needs {
  const single = parts.flatMap(({ all, decided }) =>
    decided && all.length === 1 && all[0]?.atLeast === 1 ? all : [],
  )
  const leaves = [...new Set(single.flatMap((need) => need.leaves))]
  const sum = (of: readonly number[]) => of.reduce((rate, leaf) => rate + rateOf(leaf), 0)
  if (single.length === parts.length && (atLeast === 1 || leaves.length === parts.length))
    return { all: [{ leaves, atLeast, rate: sum(leaves) }], decided: true }
  // Of any n - atLeast + 1 parts one matches: the others need not be waited for, those without a gate first.
  const gates = parts
    .map(({ all }) => gateOf(all, rateOf))
    .sort((a, b) => (a?.rate ?? Infinity) - (b?.rate ?? Infinity))
    .slice(0, Math.max(0, parts.length - atLeast + 1))
  if (gates.includes(null)) return NO_NEEDS
  const waited = [...new Set(gates.flatMap((gate) => gate?.leaves ?? []))]
  return { all: [{ leaves: waited, atLeast: 1, rate: sum(waited) }], decided: false }
}

/** The part must not match. */
export function noneOf({ all, decided }: Needs): Needs {
  const [need, ...more] = all
  if (!decided || need?.atLeast !== 1 || more.length > 0) return NO_NEEDS
  return { all: [{ leaves: need.leaves, atLeast: 0, rate: 1 }], decided: true }
}

/** The part must match in one field: what it bans there may stand in another. */
export const within = ({ all }: Needs): Needs => ({
  all: all.filter(({ atLeast }) => atLeast > 0),
  decided: false,
})

/**
 * The rarest gate that needs offer, or null where they offer none. Where `atLeast` of n leaves must occur, of any
 * n - atLeast + 1 of them one does: the most frequent ones need not be waited for.
 */
export function gateOf(needs: readonly Need[], rateOf: RateOf): Need | null {
  let best: Need | null = null
  for (const need of needs) {
    if (need.atLeast === 0) continue
    const gate = need.atLeast === 1 ? need : fewest(need, rateOf)
    if (best === null || gate.rate < best.rate) best = gate
  }
  return best
}

function fewest({ leaves, atLeast }: Need, rateOf: RateOf): Need {
  const kept = leaves
    .map((leaf) => ({ leaf, rate: rateOf(leaf) }))
    .sort((a, b) => a.rate - b.rate)
    .slice(0, Math.max(0, leaves.length - atLeast + 1))
  return {
    leaves: kept.map(({ leaf }) => leaf),
    atLeast: 1,
    rate: kept.reduce((sum, { rate }) => sum + rate, 0),
  }
}

/** Before any story was seen: with each character a term is taken to be half as frequent. */
export const guessedRate = (term: WordsTerm): number =>
  2 **
  -Math.min(
    20,
    term.words.reduce((length, { text }) => length + text.length, 0),
  )

/** How many stories a guess weighs as much as. */
const GUESS_WEIGHS = 64

/** So many stories are all counted, then one in SAMPLE. */
const COUNTED_ALL = 2000
const SAMPLE = 8

/** In what share of the stories seen each leaf occurred. */
export class Rates {
  private stories = 0
  /** Stories met, counted or not. */
  private met = 0
  /** In how many stories each leaf occurred since it was added, after how many that was, and what was guessed. */
  private readonly counts: number[] = []
  private readonly since: number[] = []
  private readonly guesses: number[] = []

  /** Begins to count the next leaf: they are numbered in the order in which they come. */
  begin(guess: number): void {
    this.counts.push(0)
    this.since.push(this.stories)
    this.guesses.push(Math.min(1, guess))
  }

  /** Counts the leaves that occur in one story: in each at first, later in a sample. */
  count(leaves: readonly number[]): void {
    if (this.met++ > COUNTED_ALL && this.met % SAMPLE !== 0) return
    this.stories++
    for (let i = 0; i < leaves.length; i++) {
      const leaf = leaves[i] as number
      this.counts[leaf] = (this.counts[leaf] as number) + 1
    }
  }

  readonly of: RateOf = (leaf) =>
    ((this.counts[leaf] as number) + GUESS_WEIGHS * (this.guesses[leaf] as number)) /
    (this.stories - (this.since[leaf] as number) + GUESS_WEIGHS)
}

/** How often a query may be looked at in vain before it chooses its gate by what the stories held; doubled each time. */
const FIRST_PATIENCE = 8
/** Needs that are asked at the gate, and how many leaves one may have. */
const MOST_NEEDS = 5
const MOST_LEAVES = 64

export type Placing = 'open' | 'asked' | 'decided'

/**
 * The queries that wait at each leaf. What else a query needs is written beside it, in one row with its neighbours:
 * most queries that are looked at go no further, and of thousands none is then fetched from memory.
 */
export class Gates {
  /** How often a query was looked at so far. */
  looked = 0
  private readonly rateOf: RateOf
  /** By leaf, packed: a query, how many numbers follow, and for each need how many must occur of how many leaves, those. */
  private readonly rows = new Rows()
  /** By query: its gate; the story it was last looked at for; how often it may still be in vain, and how often at first. */
  private readonly gates: (readonly number[])[] = []
  private readonly seen: number[] = []
  private readonly left: number[] = []
  private readonly patience: number[] = []
  private story = 0

  constructor(rateOf: RateOf) {
    this.rateOf = rateOf
  }

  /**
   * Lets a query wait for the rarest of what it needs.
   * @returns `open`: it has no gate, any story may match; `decided`: a story that gets through matches; else `asked`
   */
  place(query: number, needs: Needs): Placing {
    this.patience[query] = FIRST_PATIENCE
    this.seen[query] = 0
    return this.put(query, needs)
  }

  remove(query: number): void {
    for (const leaf of this.gates[query] ?? []) {
      const { numbers } = this.rows
      const from = this.rows.from(leaf)
      const kept: number[] = []
      for (let at = from, end = 0; at < this.rows.to(from); at = end) {
        end = at + 2 + (numbers[at + 1] as number)
        if (numbers[at] !== query) for (let i = at; i < end; i++) kept.push(numbers[i] as number)
      }
      this.rows.shorten(leaf, kept)
    }
    this.gates[query] = []
  }

  /** Chooses a query's gate anew, by what is known now of the leaves' rates. */
  move(query: number, needs: Needs): Placing {
    this.remove(query)
    this.patience[query] = 2 * (this.patience[query] as number)
    return this.put(query, needs)
  }

  /**
   * Hands over each query of which a story meets the needs.
   * @param matches whether the query matches
   * @returns the queries that were looked at in vain often enough to be moved
   */
  pass(found: Found, matches: (query: number) => boolean): readonly number[] {
    const { rows, seen, left } = this
    const { numbers } = rows
    const story = ++this.story
    const impatient: number[] = []
    for (const leaf of found.touched) {
      const from = rows.from(leaf)
      if (from === 0) continue
      const to = rows.to(from)
      for (let at = from, end = 0; at < to; at = end) {
        const query = numbers[at] as number
        end = at + 2 + (numbers[at + 1] as number)
        if (seen[query] === story) continue
        seen[query] = story
        this.looked++
        if (met(numbers, at + 2, end, found) && matches(query)) continue
        const more = (left[query] as number) - 1
        left[query] = more
        if (more === 0) impatient.push(query)
      }
    }
    return impatient
  }

  private put(query: number, { all, decided }: Needs): Placing {
    const gate = gateOf(all, this.rateOf)
    this.gates[query] = gate?.leaves ?? []
    this.left[query] = this.patience[query] as number
    if (gate === null) return 'open'
    // What is rare is asked first; what the gate says is not asked again.
    const others = all.filter((need) => need !== gate).sort((a, b) => a.rate - b.rate)
    const asked = others.filter(({ leaves }) => leaves.length <= MOST_LEAVES).slice(0, MOST_NEEDS)
    const packed = asked.flatMap(({ leaves, atLeast }) => [atLeast, leaves.length, ...leaves])
    for (const leaf of gate.leaves) this.rows.append(leaf, [query, packed.length, ...packed])
    return decided && asked.length === others.length ? 'decided' : 'asked'
  }
}

/** Whether the packed needs of a row's [at, end) are met. */
function met(row: Int32Array, at: number, end: number, found: Found): boolean {
  for (let i = at; i < end; ) {
    const atLeast = row[i] as number
    const next = i + 2 + (row[i + 1] as number)
    let have = 0
    for (i += 2; i < next && (have < atLeast || atLeast === 0); i++)
      if (found.fieldsOf(row[i] as number) !== 0) {
        if (atLeast === 0) return false
        have++
      }
    if (have < atLeast) return false
    i = next
  }
  return true
}
