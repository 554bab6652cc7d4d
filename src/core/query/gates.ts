import type { WordsTerm } from './ast.ts'

/**
 * What a query needs: leaves one of which must occur for it to match. The rarest of its needs is its gate: it is looked
 * at only when that is met (Lucene Monitor's presearcher), and evaluated only when the others are met too. Any choice gives
 * the same answers; a good one takes leaves that are rare in the stories.
 */
export interface Need {
  readonly leaves: readonly number[]
  /** In what share of stories one of them is expected, counted once for each. */
  readonly rate: number
}

/** In what share of stories a leaf is expected to occur. */
export type RateOf = (leaf: number) => number

/** The need of a leaf. */
export const needOf = (leaf: number, rateOf: RateOf): Need => ({ leaves: [leaf], rate: rateOf(leaf) })

/** The rarest of needs, or null where there is none. */
export function rarest(needs: readonly Need[]): Need | null {
  let best: Need | null = null
  for (const need of needs) if (best === null || need.rate < best.rate) best = need
  return best
}

/**
 * What is needed where at least `atLeast` of the members must match: of any n - atLeast + 1 of them one does, so the
 * most frequent atLeast - 1 may be left out, and those that can match without a leaf first.
 */
export function someOf(members: readonly (readonly Need[])[], atLeast: number): readonly Need[] {
  const kept = members
    .map(rarest)
    .sort((a, b) => (a?.rate ?? Infinity) - (b?.rate ?? Infinity))
    .slice(0, Math.max(0, members.length - atLeast + 1))
  const leaves = new Set<number>()
  let rate = 0
  for (const need of kept) {
    if (need === null) return []
    for (const leaf of need.leaves) leaves.add(leaf)
    rate += need.rate
  }
  return [{ leaves: [...leaves], rate }]
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

/** In what share of the stories seen each leaf occurred. */
export class Rates {
  private stories = 0
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

  /** Counts the leaves that occur in one story. */
  count(leaves: readonly number[]): void {
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
