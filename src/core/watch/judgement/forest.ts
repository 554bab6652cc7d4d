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
  /** By tree: the most that the shares of it and of those after it add up to. */
  private readonly most: readonly number[]

  constructor({ trees }: Forest) {
    this.trees = trees.map(readTree)
    this.base = mean(this.trees.map((tree) => tree[SHARE] as number))
    const greatest = this.trees.map(greatestShare)
    this.most = greatest.map((_, tree) => total(greatest.slice(tree)))
  }

  /**
   * The probability, in logits.
   * @param valueAt the value of a signal by its number in the forest
   * @param least a sum below this is not needed: −∞ is returned as soon as the trees that are left cannot reach it
   */
  sum(valueAt: (signal: number) => number, least = -Infinity): number {
    if (least > MOST + SLACK) return -Infinity
    const { trees, most } = this
    const enough = least < -MOST ? -Infinity : trees.length * (shareOf(least) - SLACK)
    let total = 0
    for (let i = 0; i < trees.length; i++) {
      if (total + (most[i] as number) < enough) return -Infinity
      const tree = trees[i] as Tree
      let at = 0
      for (let signal = tree[SIGNAL] as number; signal >= 0; signal = tree[at + SIGNAL] as number) {
        at = next(tree, at, valueAt(signal))
      }
      total += tree[at + SHARE] as number
    }
    return logit(total / trees.length)
  }

  /**
   * What each signal adds to the sum: the steps along each tree's path from a node's share to the next (Saabas, “Interpreting
   * random forests”, 2014), scaled to logits.
   */
  weigh(valueAt: (signal: number) => number, visit: (signal: number, adds: number) => void): void {
    const steps = new Map<number, number>()
    let total = 0
    for (const tree of this.trees) {
      let at = 0
      for (let signal = tree[SIGNAL] as number; signal >= 0; signal = tree[at + SIGNAL] as number) {
        const to = next(tree, at, valueAt(signal))
        const step = (tree[to + SHARE] as number) - (tree[at + SHARE] as number)
        steps.set(signal, (steps.get(signal) ?? 0) + step)
        at = to
      }
      total += tree[at + SHARE] as number
    }
    const share = total / this.trees.length
    const scale = share === this.base ? 0 : (logit(share) - logit(this.base)) / (share - this.base)
    for (const [signal, step] of steps) visit(signal, (scale * step) / this.trees.length)
  }
}

/**
 * A tree's nodes one after another, each NODE numbers wide, so that a node is in one line of the processor's cache: the number of
 * a signal, −1 in a leaf; the greatest value that goes left; where the right branch begins; the share.
 */
type Tree = Float64Array
const [SIGNAL, LIMIT, RIGHT, SHARE, NODE] = [0, 1, 2, 3, 4]

/** The branch that a value leads to: the left one follows its node. */
const next = (tree: Tree, at: number, value: number): number =>
  value <= (tree[at + LIMIT] as number) ? at + NODE : (tree[at + RIGHT] as number)

const readTree = (text: string): Tree =>
  Float64Array.from(
    text.split(' ').flatMap((node) => {
      const [share = 0, signal = -1, limit = 0, right = 0] = node.split(',').map(Number)
      return [signal, limit, right * NODE, share / 1000]
    }),
  )

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const mean = (values: readonly number[]): number => total(values) / values.length

/** The greatest share of a tree's leaves. */
function greatestShare(tree: Tree): number {
  let greatest = 0
  for (let at = 0; at < tree.length; at += NODE)
    if ((tree[at + SIGNAL] as number) < 0) greatest = Math.max(greatest, tree[at + SHARE] as number)
  return greatest
}

/** No forest is surer than this: its trees saw few examples. */
const SUREST = 0.98
function logit(share: number): number {
  const bounded = Math.min(SUREST, Math.max(1 - SUREST, share))
  return Math.log(bounded / (1 - bounded))
}

const MOST = logit(1)
const shareOf = (logit: number): number => 1 / (1 + Math.exp(-logit))
/** So much is left for rounding where a sum is compared with what is possible. */
const SLACK = 1e-9
