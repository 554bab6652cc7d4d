/**
 * Spikes: whether a day's count is above the expectation from its own series, with the arithmetic shown.
 *
 * A day is compared with the same weekday of the weeks before: their median is expected, their spread is the median
 * absolute deviation × 1.4826 (which estimates a standard deviation and which one burst in the history does not move;
 * Rousseeuw and Croux 1993), never less than a Poisson count has. The chance of a count as high is the upper tail of the
 * Poisson or negative binomial distribution with that median and spread. For many series tested on one day, the procedure of
 * Benjamini and Hochberg (1995) bounds the share of false spikes. Pure: counts in, values out.
 */

import { median } from '../median.ts'

/** Stories on one local day (days since 1970-01-01). */
export interface DayCount {
  readonly day: number
  readonly count: number
}

export interface Series {
  /** A day without an entry counts 0, from `since` on. */
  readonly counts: readonly DayCount[]
  /** The first day that could have counted anything; before it there is no history. The first day of `counts` if left out. */
  readonly since?: number
  /** Days to leave out of the history: its sources were silent, so a low count means nothing. */
  readonly gaps?: ReadonlySet<number>
}

export interface Expectation {
  readonly value: number
  /** Two spreads below and above the value; at least 0. */
  readonly low: number
  readonly high: number
  readonly observed: number
  /** A spike. */
  readonly above: boolean
  /** Fewer than its own history lets one expect. True only of a day that is over: ask no earlier. */
  readonly below: boolean
  /** The same weekdays before, oldest first; null where a day is left out. Days before the series began are not among them. */
  readonly history: readonly PastDay[]
  /** Where the count is above the band and could yet be chance: the least that would have stood out. Else null. */
  readonly least: number | null
  /** 31, expected 9 ± 4 on Mondays over 8 weeks */
  readonly words: string
  /** The probability of a count this high by chance, 0–1 (the p-value). */
  readonly chance: number
}

export interface PastDay {
  readonly day: number
  readonly count: number | null
}

export interface SpikeOptions {
  /** Weeks of history. */
  readonly weeks?: number
  /** Same weekdays that an expectation needs. */
  readonly needed?: number
  /** Fewer stories than this are never a spike. */
  readonly minimum?: number
  /** The share of false spikes among those reported for a day (Benjamini–Hochberg); for one series the chance of one. */
  readonly rate?: number
}
/** Weeks of history that a day is compared with. */
export const WEEKS = 8
const DEFAULTS: Required<SpikeOptions> = { weeks: WEEKS, needed: 4, minimum: 5, rate: 0.01 }

/** The expectation of a series for a day; null while it warms up (see `warmingUp`). */
export function expectation(series: Series, day: number, options: SpikeOptions = {}): Expectation | null {
  const one = untested(series, day, options)
  const { rate } = { ...DEFAULTS, ...options }
  return one === null ? null : tested(one, { limit: rate, next: rate, fewest: rate })
}

/**
 * The same for many series on one day, by id; series that warm up are left out. `above` is true for those that stand out when
 * all are tested together (Benjamini–Hochberg): the k-th smallest chance is at most rate × k / n.
 */
export function expectations<Id>(
  all: ReadonlyMap<Id, Series>,
  day: number,
  options: SpikeOptions = {},
): Map<Id, Expectation> {
  const { rate } = { ...DEFAULTS, ...options }
  const found = new Map<Id, Untested>()
  for (const [id, series] of all) {
    const one = untested(series, day, options)
    if (one !== null) found.set(id, one)
  }
  const chances = [...found.values()].map(({ chance }) => chance)
  const n = found.size
  const limit = falseDiscoveryLimit(chances, rate, n)
  const next = (rate * (chances.filter((chance) => chance <= limit).length + 1)) / n
  // Nothing is missed of what is rare: only series with several stories a day are tested for too few.
  const fewest = falseDiscoveryLimit(
    [...found.values()].filter(isTestedBelow).map(({ few }) => few),
    rate,
  )
  return new Map([...found].map(([id, one]) => [id, tested(one, { limit, next, fewest })]))
}

/** An expectation before it is decided how unlikely a count has to be to stand out. */
interface Untested extends Omit<Expectation, 'above' | 'below' | 'least'> {
  /** The probability of a count this low by chance. */
  readonly few: number
  readonly minimum: number
  readonly mean: number
  readonly variance: number
}

function untested(series: Series, day: number, options: SpikeOptions): Untested | null {
  const { weeks, needed, minimum } = { ...DEFAULTS, ...options }
  const days = sameWeekdays(series, day, weeks)
  const history = days.flatMap(({ count }) => count ?? [])
  if (history.length < needed) return null
  const observed = countOn(series, day)
  const value = median(history)
  const deviation = 1.4826 * median(history.map((count) => Math.abs(count - value)))
  const spread = Math.max(deviation, Math.sqrt(Math.max(value, 1)))
  // The median of n values is itself uncertain, by a variance of about π/2n of theirs.
  const variance = spread ** 2 * (1 + Math.PI / (2 * history.length))
  const mean = Math.max(value, 0.5)
  const range = Math.round(2 * spread)
  return {
    value,
    low: Math.max(0, value - 2 * spread),
    high: value + 2 * spread,
    observed,
    words: `${observed}, expected ${figure(value)} ± ${range} on ${WEEKDAYS[weekday(day)]}s over ${history.length} weeks`,
    history: days,
    chance: tail(observed, mean, variance),
    few: 1 - tail(observed + 1, mean, variance),
    minimum,
    mean,
    variance,
  }
}

interface Limits {
  /** The greatest chance at which a count stands out. */
  readonly limit: number
  /** The same for a series that would be the next one to stand out. */
  readonly next: number
  /** The greatest chance at which a count is too low. */
  readonly fewest: number
}

function tested(untested: Untested, { limit, next, fewest }: Limits): Expectation {
  const { minimum, mean, variance, few, ...one } = untested
  const above = one.observed >= minimum && one.chance <= limit
  const below = isTestedBelow(untested) && few <= fewest
  if (above || one.observed <= one.high) return { ...one, above, below, least: null }
  const least = Math.max(minimum, leastCount(mean, variance, next))
  return { ...one, above, below, least, words: `${one.words}; stands out from ${least} on` }
}

const isTestedBelow = ({ value, minimum }: Untested): boolean => value >= minimum

/** The least count whose chance is at most `limit`. */
function leastCount(mean: number, variance: number, limit: number): number {
  let [low, high] = [0, 1]
  while (tail(high, mean, variance) > limit) [low, high] = [high, 2 * high]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (tail(middle, mean, variance) > limit) low = middle
    else high = middle
  }
  return high
}

/** How much history a series has while it is too short: “warming up: 2 of 4 Mondays”; '' once it is long enough. */
export function warmingUp(series: Series, day: number, options: SpikeOptions = {}): string {
  const { weeks, needed } = { ...DEFAULTS, ...options }
  const have = sameWeekdays(series, day, weeks).filter(({ count }) => count !== null).length
  return have >= needed ? '' : `warming up: ${have} of ${needed} ${WEEKDAYS[weekday(day)]}s`
}

/**
 * True if a source is silent on a day: it has no story although its weekdays lead one to expect several, with a chance below
 * 1 in 1,000. Such a day is an outage until shown otherwise, not calm. False while the series warms up.
 */
export function silentOn(series: Series, day: number, options: SpikeOptions = {}): boolean {
  const expected = expectation(series, day, options)
  if (expected === null || expected.observed > 0) return false
  const spread = (expected.high - expected.value) / 2
  return 1 - tail(1, Math.max(expected.value, 0.01), spread ** 2) < 0.001
}

/**
 * The highest of `chances` that still counts as significant when the share of false ones is to stay at `rate`; −1 where none
 * does (Benjamini and Hochberg 1995).
 * @param tested the number of series in all, where only the least likely are given
 */
export function falseDiscoveryLimit(
  chances: readonly number[],
  rate: number,
  tested = chances.length,
): number {
  const sorted = [...chances].sort((a, b) => a - b)
  for (let k = sorted.length; k > 0; k--) {
    const chance = sorted[k - 1] as number
    if (chance <= (rate * k) / tested) return chance
  }
  return -1
}

/** Oldest first; null for a gap. */
function sameWeekdays(series: Series, day: number, weeks: number): PastDay[] {
  const since = series.since ?? series.counts.reduce((first, one) => Math.min(first, one.day), Infinity)
  const history: PastDay[] = []
  for (let week = weeks; week > 0; week--) {
    const then = day - 7 * week
    if (then < since) continue
    history.push({ day: then, count: series.gaps?.has(then) === true ? null : countOn(series, then) })
  }
  return history
}

/** Series hold some hundreds of days, of which a few are needed: a linear search is enough. */
function countOn({ counts }: Series, day: number): number {
  let sum = 0
  for (const one of counts) if (one.day === day) sum += one.count
  return sum
}

/**
 * P(X ≥ count) for a count with this mean and variance: negative binomial where the variance is above the mean, Poisson
 * otherwise. Sums the terms below, each from the one before.
 */
export function tail(count: number, mean: number, variance: number): number {
  if (count <= 0) return 1
  const over = variance > mean * (1 + 1e-9)
  const size = over ? mean ** 2 / (variance - mean) : 0
  const failure = over ? mean / (mean + size) : 0
  let term = over ? (size / (mean + size)) ** size : Math.exp(-mean)
  if (term === 0) return normalTail(count, mean, variance)
  let below = 0
  for (let k = 0; k < count; k++) {
    below += term
    term *= over ? ((k + size) / (k + 1)) * failure : mean / (k + 1)
  }
  return Math.max(0, 1 - below)
}

/** For means so large that the first term is 0: the normal distribution is then as good (Abramowitz and Stegun 7.1.26). */
function normalTail(count: number, mean: number, variance: number): number {
  const z = (count - 0.5 - mean) / Math.sqrt(Math.max(variance, mean))
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  const half = (poly * Math.exp(-x * x)) / 2
  return z >= 0 ? half : 1 - half
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
/** 1970-01-01 was a Thursday. */
const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7
const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(1))
