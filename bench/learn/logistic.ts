/** One example: the numbers of its features that are not 0, their values, what it is, and how much it counts. */
export interface Example {
  readonly features: readonly number[]
  readonly values: readonly number[]
  readonly is: boolean
  readonly counts: number
}

const MEMORY = 10
const STEPS = 300
/** The loss must fall by this part of itself for another step. */
const LEAST = 1e-6

/**
 * Logistic regression with an L2 penalty of its own for each feature, found by L-BFGS (Nocedal, “Updating quasi-Newton
 * matrices with limited storage”, 1980) from 0: the same examples give the same weights.
 * @param penalties λ of each feature: the loss is Σ counts × log-loss + Σ λ/2 × weight²
 * @returns the weights, the bias last
 */
export function logisticRegression(examples: readonly Example[], penalties: readonly number[]): Float64Array {
  const size = penalties.length + 1
  const gradient = (w: Float64Array, into: Float64Array): number => {
    let loss = 0
    into.fill(0)
    for (const { features, values, is, counts } of examples) {
      let z = w[size - 1] as number
      for (let i = 0; i < features.length; i++)
        z += (w[features[i] as number] as number) * (values[i] as number)
      const margin = is ? z : -z
      const e = Math.exp(-Math.abs(margin))
      loss += counts * (Math.log1p(e) + Math.max(0, -margin))
      const miss = (margin > 0 ? e : 1) / (1 + e)
      const slope = counts * (is ? -miss : miss)
      for (let i = 0; i < features.length; i++) {
        const f = features[i] as number
        into[f] = (into[f] as number) + slope * (values[i] as number)
      }
      into[size - 1] = (into[size - 1] as number) + slope
    }
    for (let f = 0; f < size - 1; f++) {
      const [penalty, weight] = [penalties[f] as number, w[f] as number]
      loss += 0.5 * penalty * weight * weight
      into[f] = (into[f] as number) + penalty * weight
    }
    return loss
  }

  let w = new Float64Array(size)
  let g = new Float64Array(size)
  let loss = gradient(w, g)
  const moves: { step: Float64Array; change: Float64Array; rho: number }[] = []
  for (let iteration = 0; iteration < STEPS; iteration++) {
    const direction = descent(g, moves)
    const slope = dot(direction, g)
    let length = iteration === 0 ? 1 / Math.max(1, Math.sqrt(dot(g, g))) : 1
    let next = new Float64Array(size)
    const nextGradient = new Float64Array(size)
    let nextLoss = Number.POSITIVE_INFINITY
    for (let halvings = 0; halvings < 40; halvings++, length /= 2) {
      next = w.map((value, i) => value + length * (direction[i] as number))
      nextLoss = gradient(next, nextGradient)
      if (nextLoss <= loss + 1e-4 * length * slope) break
    }
    if (!(nextLoss < loss)) break
    const step = next.map((value, i) => value - (w[i] as number))
    const change = nextGradient.map((value, i) => value - (g[i] as number))
    const curvature = dot(step, change)
    if (curvature > 1e-12) {
      moves.push({ step, change, rho: 1 / curvature })
      if (moves.length > MEMORY) moves.shift()
    }
    const fall = loss - nextLoss
    w = next
    g = nextGradient
    loss = nextLoss
    if (fall < LEAST * loss) break
  }
  return w
}

/** The two-loop recursion. */
function descent(
  gradient: Float64Array,
  moves: readonly { step: Float64Array; change: Float64Array; rho: number }[],
): Float64Array {
  const q = Float64Array.from(gradient)
  const alphas: number[] = []
  for (const { step, change, rho } of moves.toReversed()) {
    const alpha = rho * dot(step, q)
    alphas.push(alpha)
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) - alpha * (change[i] as number)
  }
  const last = moves.at(-1)
  const scale = last === undefined ? 1 : 1 / (last.rho * dot(last.change, last.change))
  for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * scale
  moves.forEach(({ step, change, rho }, at) => {
    const beta = rho * dot(change, q)
    const alpha = alphas[moves.length - 1 - at] as number
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) + (alpha - beta) * (step[i] as number)
  })
  return q.map((value) => -value)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
