/**
 * The words by which the sides of one matter stand out: log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn
 * 2008, “Fightin' Words”), of one side against all others. The prior is the words of all sides together, so that a word that is
 * rare everywhere has to be said more often to stand out.
 */
export interface SideWord {
  readonly word: string
  /** How many standard deviations the word's log-odds lie above those of the other sides. */
  readonly z: number
}

/** The prior weighs as much as so many words, and never more than those that there are. */
const PRIOR = 500
/** From here on a word stands out: one in forty would by chance. */
const STANDS_OUT = 1.96
/** A side has to use a word in so many texts. */
const LEAST = 2

/**
 * @param sides for each side its texts, each as its distinct words
 * @param most words of a side, at most
 * @returns for each side the words it stands out by, most of all first
 */
export function sideWords(
  sides: readonly (readonly ReadonlySet<string>[])[],
  most: number,
): readonly SideWord[][] {
  const counts = sides.map((texts) => {
    const of = new Map<string, number>()
    for (const text of texts) for (const word of text) of.set(word, (of.get(word) ?? 0) + 1)
    return of
  })
  const all = new Map<string, number>()
  for (const of of counts) for (const [word, n] of of) all.set(word, (all.get(word) ?? 0) + n)
  const sum = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((a, b) => a + b, 0)
  const total = sum(all)
  const weight = Math.min(PRIOR, total)
  return counts.map((of) => {
    const own = sum(of)
    const found: SideWord[] = []
    for (const [word, n] of of) {
      if (n < LEAST) continue
      const prior = (weight * (all.get(word) as number)) / total
      const here = n + prior
      const there = (all.get(word) as number) - n + prior
      const odds = Math.log(here / (own + weight - here)) - Math.log(there / (total - own + weight - there))
      const z = odds / Math.sqrt(1 / here + 1 / there)
      if (z >= STANDS_OUT) found.push({ word, z })
    }
    return found.sort((a, b) => b.z - a.z || (a.word < b.word ? -1 : 1)).slice(0, most)
  })
}
