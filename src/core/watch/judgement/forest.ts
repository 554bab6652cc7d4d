/** A random forest as numbers: which signals it asks for, and its trees. */
export interface Forest {
  readonly signals: readonly string[]
  /**
   * Each tree as its nodes, the left branch first, a space between. A node is the share of its examples that are on the theme,
   * in thousandths; where it splits, followed by the number of a signal, the greatest value that goes left, and the node that
   * begins the right branch.
   */
  readonly trees: readonly string[]
}

/** A forest ready to be asked. */
export class ReadForest {
  private readonly trees: readonly Tree[]
  private readonly base: number

  constructor({ trees }: Forest) {
    this.trees = trees.map(readTree)
    this.base = mean(this.trees.map(({ shares }) => shares[0] as number))
  }

  /** The probability, in logits. @param valueAt the value of a signal by its number in the forest */
  sum(valueAt: (signal: number) => number): number {
    let total = 0
    for (const { shares, signals, limits, rights } of this.trees) {
      let at = 0
      while ((signals[at] as number) >= 0)
        at = valueAt(signals[at] as number) <= (limits[at] as number) ? at + 1 : (rights[at] as number)
      total += shares[at] as number
    }
    return logit(total / this.trees.length)
  }

  /**
   * What each signal adds to the sum: the steps along each tree's path from a node's share to the next (Saabas, “Interpreting
   * random forests”, 2014), scaled to logits.
   */
  weigh(valueAt: (signal: number) => number, visit: (signal: number, adds: number) => void): void {
    const steps = new Map<number, number>()
    let total = 0
    for (const { shares, signals, limits, rights } of this.trees) {
      let at = 0
      while ((signals[at] as number) >= 0) {
        const signal = signals[at] as number
        const next = valueAt(signal) <= (limits[at] as number) ? at + 1 : (rights[at] as number)
        steps.set(signal, (steps.get(signal) ?? 0) + (shares[next] as number) - (shares[at] as number))
        at = next
      }
      total += shares[at] as number
    }
    const share = total / this.trees.length
    const scale = share === this.base ? 0 : (logit(share) - logit(this.base)) / (share - this.base)
    for (const [signal, step] of steps) visit(signal, (scale * step) / this.trees.length)
  }
}

interface Tree {
  readonly shares: Float64Array
  /** By node the number of a signal; −1 where the node is a leaf. */
  readonly signals: Int16Array
  readonly limits: Float64Array
  readonly rights: Uint16Array
}

function readTree(text: string): Tree {
  const nodes = text.split(' ').map((node) => node.split(',').map(Number))
  return {
    shares: Float64Array.from(nodes, ([share]) => (share as number) / 1000),
    signals: Int16Array.from(nodes, ([, signal = -1]) => signal),
    limits: Float64Array.from(nodes, ([, , limit = 0]) => limit),
    rights: Uint16Array.from(nodes, ([, , , right = 0]) => right),
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** No forest is surer than this: its trees saw few examples. */
const SUREST = 0.98
function logit(share: number): number {
  const bounded = Math.min(SUREST, Math.max(1 - SUREST, share))
  return Math.log(bounded / (1 - bounded))
}
