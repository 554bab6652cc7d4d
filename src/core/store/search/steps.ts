import type { Query } from '../../query/language/ast.ts'
import { walk } from '../../query/language/walk.ts'

/**
 * The budget of one search, in steps and never in time: the same search of the same archive ends at the same place on every
 * machine. A step is a story decided, or another thousand characters of its text; a query with many NEARs takes several.
 */
export class Steps {
  private readonly most: number
  spent = 0

  constructor(most: number) {
    this.most = most
  }

  spend(steps: number): void {
    this.spent += steps
  }

  get isSpent(): boolean {
    return this.spent >= this.most
  }
}

/** How many steps a story of no text takes. */
export function weightOf(residual: Query): number {
  let compared = 0
  walk(residual, (node) => {
    if (node.type === 'near') compared++
    else if (node.type === 'window') compared += node.words.length
  })
  return 1 + Math.floor(compared / 8)
}

/** The steps of a story with so many characters. */
export const stepsOf = (weight: number, characters: number): number =>
  weight * (1 + Math.floor(characters / 1000))
