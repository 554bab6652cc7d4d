import type { Histogram } from '../../api/contract/stories.ts'
import { isoDay } from '../localTime.ts'

type Day = Histogram['days'][number]

/** The most days that a histogram has: of sixty years, the latest. */
const MOST_DAYS = 366 * 60

/** No story is of an earlier day than two before 1970-01-01. */
const FIRST = 3

/** Counts stories by local day, in any order. */
export class StoryDays {
  readonly #stories = new Map<number, number>()

  /** @param day days since 1970-01-01 */
  add(day: number, stories: number): void {
    this.#stories.set(day, (this.#stories.get(day) ?? 0) + stories)
  }

  /** Oldest first, without gaps. */
  days(): Day[] {
    const days = [...this.#stories.keys()].sort((a, b) => a - b)
    const [first, last] = [days[0], days.at(-1)]
    if (first === undefined || last === undefined) return []
    const from = Math.max(first, last - MOST_DAYS)
    return Array.from({ length: last - from + 1 }, (_, i) => ({
      day: isoDay(from + i),
      stories: this.#stories.get(from + i) ?? 0,
    }))
  }
}

/**
 * Counts the events of stories by local day, in any order, so that those of any stretch of days can be told (core/countBetween.ts):
 * an event counts on each day that it has stories on, with how many days before it had some last.
 */
export class EventDays {
  readonly #stories = new StoryDays()
  readonly #events = new Map<number, number>()
  /** By event: a day that has it, from FIRST on; 0: none yet. */
  #day: Int32Array
  /** All days of the events that have several. */
  readonly #several = new Map<number, Set<number>>()

  /** @param highest few events have a higher number */
  constructor(highest: number) {
    this.#day = new Int32Array(highest + 1)
  }

  #count(day: number, events: number): void {
    this.#events.set(day, (this.#events.get(day) ?? 0) + events)
  }

  /** Stories of a day that are events of their own, or count elsewhere where `events` is 0. */
  addStories(day: number, stories: number, events = stories): void {
    this.#stories.add(day, stories)
    if (events > 0) this.#count(day, events)
  }

  /** A day has stories of an event. */
  addEvent(day: number, event: number): void {
    if (event >= this.#day.length) {
      const more = new Int32Array(2 * event + 1)
      more.set(this.#day)
      this.#day = more
    }
    const known = (this.#day[event] as number) - FIRST
    if (known === day) return
    if (known === -FIRST) this.#day[event] = day + FIRST
    else {
      const several = this.#several.get(event)
      if (several === undefined) this.#several.set(event, new Set([known, day]))
      else if (several.has(day)) return
      else several.add(day)
    }
    this.#count(day, 1)
  }

  days(): Day[] {
    const again = new Map<number, Map<number, number>>()
    for (const several of this.#several.values()) {
      const sorted = [...several].sort((a, b) => a - b)
      for (let i = 1; i < sorted.length; i++) {
        const day = sorted[i] as number
        const ago = day - (sorted[i - 1] as number)
        const mine = again.get(day) ?? new Map<number, number>()
        again.set(day, mine.set(ago, (mine.get(ago) ?? 0) + 1))
      }
    }
    const byDay = new Map([...this.#events].map(([day, events]) => [isoDay(day), { day, events }]))
    return this.#stories.days().map((one): Day => {
      const found = byDay.get(one.day)
      const mine = found === undefined ? undefined : again.get(found.day)
      return { ...one, events: found?.events ?? 0, ...(mine === undefined ? {} : { again: [...mine] }) }
    })
  }
}
