/** Where the dots of "How it spread" stand. Pure: the width stands for what the panel usually has. */

export interface SpreadStory {
  readonly id: number
  readonly bloc: string
  /** Epoch ms. */
  readonly at: number
  readonly copy: boolean
}

export interface Dot {
  readonly id: number
  /** 0 at the left edge, 1 at the right. */
  readonly x: number
  /** Rows above (negative) or below the middle of its lane. */
  readonly step: number
  readonly copy: boolean
  /** The bloc's first that is no copy. */
  readonly first: boolean
}

export interface Lane {
  readonly bloc: string
  readonly first: SpreadStory
  readonly stories: number
  readonly copies: number
  /** In the order of time. */
  readonly dots: readonly Dot[]
  /** How far dots are stacked to either side of the middle. */
  readonly height: number
}

/** Between the middles of two dots that do not touch, of a plot one wide. */
const APART = 10 / 620
const MOST_STEPS = 3

/** The blocs of some stories as lanes, the first to publish first; dots that would touch are stacked. */
export function lanesOf(stories: readonly SpreadStory[], from: number, to: number): Lane[] {
  const x = (at: number): number => (to > from ? (at - from) / (to - from) : 0)
  const sorted = stories.toSorted((a, b) => a.at - b.at || a.id - b.id)
  return [...Map.groupBy(sorted, ({ bloc }) => bloc)].map(([bloc, mine]) => {
    const first = mine.find(({ copy }) => !copy) ?? (mine[0] as SpreadStory)
    /** Of each row of the lane, where its last dot stands. */
    const ends = new Map<number, number>()
    const dots = mine.map(({ id, at, copy }): Dot => {
      const step = rows.find((row) => x(at) - (ends.get(row) ?? -1) >= APART) ?? 0
      ends.set(step, x(at))
      return { id, x: x(at), step, copy, first: id === first.id }
    })
    return {
      bloc,
      first,
      stories: mine.filter(({ copy }) => !copy).length,
      copies: mine.filter(({ copy }) => copy).length,
      dots,
      height: Math.max(0, ...dots.map(({ step }) => Math.abs(step))),
    }
  })
}

/** The middle first, then above and below in turn. */
const rows: readonly number[] = [0, ...Array.from({ length: MOST_STEPS }, (_, i) => [-(i + 1), i + 1]).flat()]

const HOUR = 3_600_000
const DAY = 24 * HOUR
const STEPS = [HOUR / 4, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY]
const MOST_TICKS = 8

/** The stretch that the plot shows: some room at either side, and never less than an hour. */
export function stretchOf(first: number, last: number): { from: number; to: number } {
  const room = Math.max(HOUR / 2, (last - first) * 0.03)
  return { from: first - room, to: last + room }
}

/**
 * Moments that the axis names, at most eight, on round hours or midnights of a time zone.
 * @param startOfDay the midnight that begins the local day of a moment; days of 23 and 25 hours included
 */
export function ticksOf(
  from: number,
  to: number,
  startOfDay: (at: number) => number,
): { at: number; isDay: boolean }[] {
  const step = STEPS.find((one) => (to - from) / one <= MOST_TICKS) ?? (to - from) / MOST_TICKS
  const ticks: number[] = []
  if (step >= DAY) {
    const days = Math.round(step / DAY)
    // Half a day on from the next midnight lies in that day, however long the days are.
    for (let at = startOfDay(from); at <= to; at = startOfDay(at + days * DAY + DAY / 2)) ticks.push(at)
  } else
    for (let day = startOfDay(from); day <= to; day = startOfDay(day + DAY + DAY / 2)) {
      const next = startOfDay(day + DAY + DAY / 2)
      for (let at = day; at < next - step / 2 && at <= to; at += step) ticks.push(at)
    }
  return ticks.filter((at) => at >= from && at <= to).map((at) => ({ at, isDay: startOfDay(at) === at }))
}
