/** A random number in [0, 1): mulberry32, seeded, so that a simulated series is the same on every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A simulated series of news: a weekday's mean with its own slow drift, and days whose true mean is multiplied. */
export interface Simulated {
  readonly counts: { day: number; count: number }[]
  readonly bursts: ReadonlySet<number>
}

/**
 * @param mean stories a day on weekdays; weekends have 60 % of it
 * @param dispersion variance ÷ mean of a day's count: 1 is Poisson, news is nearer 2
 * @param factor by what a burst multiplies a day
 */
export function simulate(
  random: () => number,
  {
    days,
    mean,
    dispersion,
    bursts,
    factor,
  }: {
    days: number
    mean: number
    dispersion: number
    bursts: number
    factor: number
  },
): Simulated {
  const chosen = new Set<number>()
  while (chosen.size < bursts) chosen.add(63 + Math.floor(random() * (days - 63)))
  const counts = Array.from({ length: days }, (_, day) => {
    const season = 1 + 0.2 * Math.sin((2 * Math.PI * day) / 180)
    const weekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6 ? 0.6 : 1
    const today = mean * season * weekend * (chosen.has(day) ? factor : 1)
    // A Poisson count whose mean is itself gamma distributed is negative binomial.
    const rate = dispersion > 1 ? gamma(random, today / (dispersion - 1)) * (dispersion - 1) : today
    return { day, count: poisson(random, rate) }
  })
  return { counts, bursts: chosen }
}

/** Knuth's method; means here are small. */
function poisson(random: () => number, mean: number): number {
  const limit = Math.exp(-mean)
  let product = random()
  let count = 0
  while (product > limit) {
    product *= random()
    count++
  }
  return count
}

/** Gamma with unit scale: Marsaglia and Tsang 2000. */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * random() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
