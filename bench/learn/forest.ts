import { seeded } from '../../src/core/fixtures/random.ts'
import type { Forest } from '../../src/core/watch/judgement/forest.ts'
import type { Example } from './logistic.ts'

const TREES = 40
const DEPTH = 8
/** A leaf holds at least so many examples. */
const LEAST = 4
/** At each split so many of the features are looked at, drawn anew. */
const LOOKED_AT = 0.15
/** Weaker features are left out of the draw: fewer examples than this have them. */
const LEAST_EXAMPLES = 8

/**
 * A random forest (Breiman, “Random forests”, Machine Learning 2001): each tree is grown on examples drawn with repeats, each
 * split the one of some features that lowers Gini impurity most. The same examples give the same forest.
 * @param names the name of each feature
 */
export function randomForest(examples: readonly Example[], names: readonly string[]): Forest {
  const random = seeded(1)
  const columns = columnsOf(examples, names.length)
  const usable = columns.flatMap((column, feature) => (column.seen >= LEAST_EXAMPLES ? [feature] : []))
  const used = new Map<number, number>()
  const trees = Array.from({ length: TREES }, () => {
    const times = new Float64Array(examples.length)
    for (let i = 0; i < examples.length; i++) {
      const drawn = Math.floor(random() * examples.length)
      times[drawn] = (times[drawn] as number) + 1
    }
    const nodes: string[] = []
    const weights = times.map((count, i) => count * (examples[i] as Example).counts)
    grow(
      [...times.keys()].filter((i) => times[i] !== 0),
      0,
      nodes,
      { examples, columns, usable, random, weights, used },
    )
    return nodes.join(' ')
  })
  return { signals: [...used.keys()].map((feature) => names[feature] as string), trees }
}

interface Growing {
  readonly examples: readonly Example[]
  readonly columns: readonly Column[]
  readonly usable: readonly number[]
  readonly random: () => number
  /** By example: how much it counts in this tree. */
  readonly weights: Float64Array
  /** By feature that some split uses: its number in the forest. */
  readonly used: Map<number, number>
}

interface Column {
  readonly values: Float64Array
  seen: number
}

function columnsOf(examples: readonly Example[], features: number): Column[] {
  const columns = Array.from(
    { length: features },
    (): Column => ({ values: new Float64Array(examples.length), seen: 0 }),
  )
  examples.forEach((example, row) => {
    example.features.forEach((feature, i) => {
      const column = columns[feature] as Column
      column.values[row] = example.values[i] as number
      column.seen++
    })
  })
  return columns
}

/** Adds a node and all below it, the left branch first. A leaf is its share; a split its share, signal, limit and right branch. */
function grow(rows: readonly number[], depth: number, nodes: string[], growing: Growing): void {
  const [is, all] = sums(rows, growing)
  const share = String(Math.round((1000 * is) / all))
  const split = depth === DEPTH || is === 0 || is === all ? null : bestSplit(rows, growing)
  if (split === null) {
    nodes.push(share)
    return
  }
  const { feature, limit } = split
  const { used } = growing
  const signal = used.get(feature) ?? used.size
  used.set(feature, signal)
  const at = nodes.push('') - 1
  const { values } = growing.columns[feature] as Column
  grow(
    rows.filter((row) => (values[row] as number) <= limit),
    depth + 1,
    nodes,
    growing,
  )
  const right = nodes.length
  grow(
    rows.filter((row) => (values[row] as number) > limit),
    depth + 1,
    nodes,
    growing,
  )
  nodes[at] = `${share},${signal},${limit},${right}`
}

function sums(rows: readonly number[], { examples, weights }: Growing): [is: number, all: number] {
  let [is, all] = [0, 0]
  for (const row of rows) {
    const weight = weights[row] as number
    all += weight
    if ((examples[row] as Example).is) is += weight
  }
  return [is, all]
}

function bestSplit(rows: readonly number[], growing: Growing): { feature: number; limit: number } | null {
  const { examples, columns, usable, random, weights } = growing
  const [is, all] = sums(rows, growing)
  let best: { feature: number; limit: number } | null = null
  let least = gini(is, all) - 1e-9
  for (const feature of usable) {
    if (random() >= LOOKED_AT) continue
    const { values } = columns[feature] as Column
    const sorted = [...rows].sort((a, b) => (values[a] as number) - (values[b] as number))
    if (values[sorted[0] as number] === values[sorted.at(-1) as number]) continue
    let [leftIs, left] = [0, 0]
    for (let i = 0; i < sorted.length - LEAST; i++) {
      const row = sorted[i] as number
      const weight = weights[row] as number
      left += weight
      if ((examples[row] as Example).is) leftIs += weight
      const [value, next] = [values[row] as number, values[sorted[i + 1] as number] as number]
      if (i + 1 < LEAST || value === next) continue
      const impurity = gini(leftIs, left) + gini(is - leftIs, all - left)
      if (impurity >= least) continue
      least = impurity
      best = { feature, limit: Number(((value + next) / 2).toFixed(3)) }
    }
  }
  return best
}

/** Gini impurity times the weight it is of. */
const gini = (is: number, all: number): number => (all === 0 ? 0 : (is * (all - is)) / all)
