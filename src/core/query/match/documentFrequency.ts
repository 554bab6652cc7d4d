import type { WordsTerm } from '../language/ast.ts'

/** In what share of stories a term is expected to occur. */
export type FrequencyOf = (term: number) => number

/** The frequency assumed for a term before any story was read: half as frequent with each character. */
export const guessedFrequency = (term: WordsTerm): number =>
  2 **
  -Math.min(
    20,
    term.words.reduce((length, { text }) => length + text.length, 0),
  )

/** How many stories a guess weighs as much as. */
const GUESS_WEIGHS = 64

/** The first stories are all counted, later ones one in SAMPLE. */
const COUNTED_ALL = 2000
const SAMPLE = 8

/** Document frequencies: in what share of the stories read so far each term occurred. */
export class DocumentFrequencies {
  private stories = 0
  /** Stories read, counted or not. */
  private read = 0
  /** By term: in how many stories it occurred since it was added, after how many stories that was, and the guess. */
  private readonly counts: number[] = []
  private readonly since: number[] = []
  private readonly guesses: number[] = []

  /** Begins to count the next term: terms are numbered in the order in which they are added. */
  begin(guess: number): void {
    this.counts.push(0)
    this.since.push(this.stories)
    this.guesses.push(Math.min(1, guess))
  }

  /** Counts the terms that occur in one story: of every story at first, of a sample later. */
  count(terms: readonly number[]): void {
    if (this.read++ > COUNTED_ALL && this.read % SAMPLE !== 0) return
    this.stories++
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] as number
      this.counts[term] = (this.counts[term] as number) + 1
    }
  }

  readonly of: FrequencyOf = (term) =>
    ((this.counts[term] as number) + GUESS_WEIGHS * (this.guesses[term] as number)) /
    (this.stories - (this.since[term] as number) + GUESS_WEIGHS)
}
