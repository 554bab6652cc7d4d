/**
 * The events that a story can still join, and under which number each that was merged goes on. Of each story some hundreds of
 * numbers are looked up: what is asked of them lies side by side in tables, and no event itself is touched.
 */
import type { Member } from './likeness.ts'

/** A story that is kept, with its number. */
export interface Kept extends Member {
  readonly story: number
}

export interface Event {
  readonly number: number
  /** Those that stories are compared with: the first, and the latest. */
  readonly members: readonly Kept[]
  /** The times of its dated stories, epoch ms; NaN where it has none. */
  readonly newest: number
  readonly oldest: number
  /** What the clock showed when its latest story came; NaN before any dated story. */
  readonly arrived: number
}

/** One that grows. It has a seat, a small number, as long as it is among the live ones. */
export interface LiveEvent extends Event {
  readonly members: Kept[]
  newest: number
  oldest: number
  arrived: number
  /** -1: it is not, or no longer, among the live ones. */
  seat: number
}

export interface LiveEvents {
  readonly size: number
  /** In the order of their latest story. */
  values(): IterableIterator<LiveEvent>
  has(number: number): boolean
  /** An event under its own number. */
  get(number: number): LiveEvent | undefined
  /** The number that an event goes on under after all merges; its own where it was never merged. */
  goesOnAs(number: number): number
  /** The event that goes on under a number. */
  resolve(number: number): LiveEvent | undefined
  /** The same as a seat; -1: it is over. */
  seatOf(number: number): number
  at(seat: number): LiveEvent
  /** By seat: newest, oldest, arrived and nothing. Read anew after `touch`. */
  readonly times: Float64Array
  /** An event without stories so far, that is not among them yet: a new one, or one that was over. */
  begin(number: number, arrived: number): LiveEvent
  /** A story came to an event: it is among them from now on, as the latest. Its times are those that it has now. */
  touch(event: LiveEvent): void
  remove(event: LiveEvent): void
  /** An event goes on as another. */
  alias(from: LiveEvent, into: number): void
  /** An event that was merged goes by its own number again. */
  unalias(number: number): void
  /** Of merges into what is over, all are forgotten if there are many. */
  forgetAliases(): void
  readonly aliases: ReadonlyMap<number, number>
}

/** What was looked up of late, by the lowest bits of the number: those of a window follow on one another. */
const REMEMBERED = 2 ** 14
/** Places of an entry: the number, the seat that it has or -1, and for which holder of that seat. */
const ENTRY = 4
/** Places of the times of a seat. */
export const TIMES = 4

/** @param saved events and merges of another, which are not changed; `next`: no event has had that number or a higher one */
export function createLiveEvents(saved?: {
  readonly events: readonly Event[]
  readonly aliases: readonly (readonly [number, number])[]
  readonly next: number
}): LiveEvents {
  const events = new Map<number, LiveEvent>()
  const aliases = new Map(saved?.aliases)
  /** No event had a higher number so far. */
  let highest = (saved?.next ?? 1) - 1
  const remembered = new Int32Array(REMEMBERED * ENTRY)
  const seats: (LiveEvent | undefined)[] = []
  const free: number[] = []
  /** By seat, how many have left it. */
  let left = new Int32Array(1024)
  let times = new Float64Array(1024 * TIMES)

  function sit(event: LiveEvent): void {
    event.seat = free.pop() ?? seats.length
    seats[event.seat] = event
    if (event.seat < left.length) return
    left = grown(left, new Int32Array(left.length * 2))
    times = grown(times, new Float64Array(times.length * 2))
  }

  function leave(event: LiveEvent): void {
    events.delete(event.number)
    if (event.seat < 0) return
    left[event.seat] = (left[event.seat] as number) + 1
    seats[event.seat] = undefined
    free.push(event.seat)
    event.seat = -1
  }

  function write({ seat, newest, oldest, arrived }: LiveEvent): void {
    times[seat * TIMES] = newest
    times[seat * TIMES + 1] = oldest
    times[seat * TIMES + 2] = arrived
  }

  for (const event of saved?.events ?? []) {
    const own = { ...event, members: [...event.members], seat: -1 }
    events.set(own.number, own)
    sit(own)
    write(own)
  }

  function goesOnAs(number: number): number {
    let at = number
    for (let to = aliases.get(at); to !== undefined; to = aliases.get(at)) at = to
    return at
  }
  const resolve = (number: number): LiveEvent | undefined => events.get(goesOnAs(number))

  return {
    get size() {
      return events.size
    },
    values: () => events.values(),
    has: (number) => events.has(number),
    get: (number) => events.get(number),
    goesOnAs,
    resolve,
    seatOf(number) {
      const entry = (number & (REMEMBERED - 1)) * ENTRY
      if (remembered[entry] === number) {
        const seat = remembered[entry + 1] as number
        if (seat < 0 || left[seat] === remembered[entry + 2]) return seat
      }
      const seat = resolve(number)?.seat ?? -1
      remembered[entry] = number
      remembered[entry + 1] = seat
      remembered[entry + 2] = seat < 0 ? 0 : (left[seat] as number)
      return seat
    },
    at: (seat) => seats[seat] as LiveEvent,
    get times() {
      return times
    },
    begin: (number, arrived) => ({
      number,
      members: [],
      newest: Number.NaN,
      oldest: Number.NaN,
      arrived,
      seat: -1,
    }),
    touch(event) {
      if (event.seat < 0) {
        sit(event)
        // It may be remembered that nobody sits there: of the number, and of those that go on as it.
        if (event.number <= highest) remembered.fill(0)
        else remembered[(event.number & (REMEMBERED - 1)) * ENTRY] = 0
        highest = Math.max(highest, event.number)
      }
      write(event)
      events.delete(event.number)
      events.set(event.number, event)
    },
    remove: leave,
    alias(from, into) {
      leave(from)
      aliases.set(from.number, into)
    },
    unalias(number) {
      if (aliases.delete(number)) remembered.fill(0)
    },
    forgetAliases() {
      if (aliases.size <= 2 * events.size + 1000) return
      for (const from of aliases.keys()) if (resolve(from) === undefined) aliases.delete(from)
    },
    aliases,
  }
}

/** @param to a longer one, empty @returns it, beginning as `from` */
export function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
