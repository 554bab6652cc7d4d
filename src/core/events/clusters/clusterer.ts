/**
 * Gathers stories into events as they come: pure, a story in, a decision out. A story joins the event that it is most likely of,
 * half by the nearest member and half by the mean of all, if that is likely enough; then two events that it shows to be one are
 * merged. Stories are compared with events that share a rare term, or a rare pair of frequent ones, and no others: so cost and
 * memory depend on the window, not on what came before. The same stories in the same order give the same events.
 */
import { KEYS, type Keys, keysOf } from './keys.ts'
import { logOdds, type Member } from './likeness.ts'
import { createLiveEvents, type Event, grown, type Kept, type LiveEvent, TIMES } from './liveEvents.ts'
import { createRarity, type SavedRarity } from './rarity.ts'
import { createTermTable, OF_KEY } from './termTable.ts'
import { type Reading, readingOfTraits, type Traits, weigh } from './traits.ts'

export interface Setting {
  /** By relation, in the order of the features: log-odds of a pair. */
  readonly weights: readonly (readonly number[])[]
  /** The part of the nearest member in what is said of an event; the rest is the mean's. */
  readonly nearest: number
  /** A story joins from such log-odds on … */
  readonly join: number
  /** … and events are merged from such. */
  readonly merge: number
  /** Days that a story may be later than an event's newest story, or earlier than its oldest. */
  readonly days: number
}

export interface Arrival {
  /** Its number, by which a person may speak of it later; 0 where nobody will. */
  readonly story?: number
  readonly reading: Reading
  /** Epoch ms; null: it arrives now, and joins by its text. */
  readonly published: number | null
  /** The event of its original, where it is a copy: it joins that, also where that was over. */
  readonly event?: number | undefined
}

export interface Decision {
  /** The event of the story: a number, in order of arrival. */
  readonly event: number
  /** True if the event begins with this story. */
  readonly begins: boolean
  /** Log-odds that it belongs there, half nearest, half mean; null where it began the event or is a copy. */
  readonly logOdds: number | null
  /** Events that are one with `event` from here on. */
  readonly merged: readonly number[]
  readonly course: Course
}

/** How a decision came about, as far as the state depends on it. */
export interface Course {
  /** The event that the story joined or began … */
  readonly joined: number
  /** … and those that were then merged with it, in this order. */
  readonly united: readonly number[]
}

export interface Clusterer {
  add(story: Arrival): Decision
  /** Takes in a story as it was decided before, without comparing: the state is then the same as after `add`. */
  replay(story: Arrival, course: Course): void
  /**
   * A person says that stories of an event are of another: what is kept of them moves there.
   * @param to null: an event of its own; one that was merged is itself again
   * @param apart the two are never merged by themselves from now on; false: they may be
   * @returns the event that they are of now
   */
  move(from: number, stories: readonly number[], to: number | null, apart: boolean): number
  /** A person says that two events are one. @returns its number, the earlier of both */
  merge(a: number, b: number): number
  /**
   * The stories kept of an event, most central first: by the mean of their log-odds with the others. None where it is over.
   */
  central(event: number): { readonly story: number; readonly language: string }[]
  /** Traits of a reading, weighed as now, and how rare its terms are. */
  weighed(reading: Reading): { readonly traits: Traits; rarity(term: number, channel: number): number }
  /** The events that a story can still join. */
  readonly events: number
  /** The stories kept of them, to compare others with. */
  readonly members: number
  /** The most events that a story was compared with so far. */
  readonly mostCandidates: number
  /** All of the state: typed arrays and plain values, to be cloned or kept. */
  save(): Saved
}

export interface Saved {
  readonly clock: number
  readonly next: number
  readonly rarity: SavedRarity
  readonly keys: Int32Array
  readonly holders: Int32Array
  readonly events: readonly Event[]
  readonly aliases: readonly (readonly [number, number])[]
  /** Pairs of events that a person took apart. */
  readonly apart: readonly (readonly [number, readonly number[]])[]
}

const DAY = 86_400_000
/** Members of an event that stories are compared with. */
const MEMBERS = 10
/** Of them, the first so many stay. */
const FIRST = 2
/** Events that a story is compared with, at most. */
export const CANDIDATES = 16
/** Members kept of all events, some 1 kB each; beyond, the event that was quiet longest goes first. */
const CAPACITY = 100_000
/** The latest events stay however far the clock jumps: one story with a wrong date does not end all events. */
const STAY = 2000
/**
 * @param saved the state of another, which goes on from there; it is not changed
 * @param capacity members kept of all events, at most
 */
export function createClusterer(setting: Setting, saved?: Saved, capacity = CAPACITY): Clusterer {
  const rarity = createRarity(saved?.rarity)
  const table = createTermTable(saved)
  const events = createLiveEvents(saved)
  const apart = new Map(saved?.apart.map(([event, others]) => [event, new Set(others)]))
  let clock = saved?.clock ?? Number.NaN
  let next = saved?.next ?? 1
  let members = [...events.values()].reduce((sum, event) => sum + event.members.length, 0)
  let mostCandidates = 0
  const window = setting.days * DAY

  const holders = new Int32Array(OF_KEY)
  const shared = new Heaviest()

  /** Events that share keys with a story, those that share most first. */
  function candidates(of: Keys, published: number): readonly LiveEvent[] {
    shared.clear()
    table.choose(of.keys, of.count)
    for (let i = 0; i < of.count; i++) {
      const weight = of.weights[i] as number
      const count = table.holdersOf(i, holders)
      for (let n = 0; n < count; n++) {
        // An event is met under whatever numbers it is held.
        const seat = events.seatOf(holders[n] as number)
        if (seat >= 0) shared.weigh(seat, weight)
      }
    }
    const { times } = events
    return shared
      .best((seat) => inWindow(times, seat * TIMES, published), numberAt)
      .map((seat) => events.at(seat))
  }
  const numberAt = (seat: number): number => events.at(seat).number

  /** Undated stories, and events of such, go by when they came. */
  function inWindow(times: Float64Array, at: number, published: number): boolean {
    const newest = times[at] as number
    return Number.isNaN(published) || Number.isNaN(newest)
      ? !(clock - (times[at + 2] as number) > window)
      : published - newest <= window && (times[at + 1] as number) - published <= window
  }

  function index({ count, keys }: Keys, event: number): void {
    table.choose(keys, count)
    table.add(event)
  }

  function between(story: Member, event: Event): number {
    let nearest = Number.NEGATIVE_INFINITY
    let sum = 0
    for (const member of event.members) {
      const odds = logOdds(story, member, setting.weights)
      sum += odds
      if (odds > nearest) nearest = odds
    }
    return setting.nearest * nearest + ((1 - setting.nearest) * sum) / event.members.length
  }

  function reach(event: LiveEvent, newest: number, oldest: number): void {
    if (Number.isNaN(newest)) return
    if (!(event.newest >= newest)) event.newest = newest
    if (!(event.oldest <= oldest)) event.oldest = oldest
  }

  function take(event: LiveEvent, member: Kept): void {
    event.members.push(member)
    if (event.members.length > MEMBERS) event.members.splice(FIRST, 1)
    else members++
    reach(event, member.time, member.time)
    event.arrived = clock
    events.touch(event)
  }

  const areApart = (a: number, b: number): boolean => apart.get(a)?.has(b) === true

  function setApart(a: number, b: number): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      apart.set(one, (apart.get(one) ?? new Set()).add(other))
  }

  /** The events apart from one are apart from another too. */
  function inheritApart(from: number, into: number): void {
    for (const other of apart.get(from) ?? []) if (other !== into) setApart(into, other)
  }

  /** The earlier event goes on. */
  function unite(a: LiveEvent, b: LiveEvent): LiveEvent {
    const [into, from] = a.number < b.number ? [a, b] : [b, a]
    members -= from.members.length
    events.alias(from, into.number)
    inheritApart(from.number, into.number)
    reach(into, from.newest, from.oldest)
    for (const member of from.members) take(into, member)
    return into
  }

  function linked(a: Event, b: Event): number {
    let nearest = Number.NEGATIVE_INFINITY
    let sum = 0
    for (const member of a.members)
      for (const other of b.members) {
        const odds = logOdds(member, other, setting.weights)
        sum += odds
        if (odds > nearest) nearest = odds
      }
    return setting.nearest * nearest + ((1 - setting.nearest) * sum) / (a.members.length * b.members.length)
  }

  function forget(): void {
    for (const event of events.values()) {
      const isOver = clock - event.arrived > window && events.size > STAY
      if (!isOver && members <= capacity) break
      events.remove(event)
      members -= event.members.length
    }
    events.forgetAliases()
    if (apart.size > events.size + 1000)
      for (const event of apart.keys()) if (!events.has(event)) apart.delete(event)
  }

  /** What is done of each arrival before it is known where it belongs. */
  function arrive({ story = 0, reading, published }: Arrival): { member: Kept; found: Keys } {
    if (published !== null && !(clock >= published)) clock = published
    forget()
    const rarities = rarity.of(reading)
    const member = {
      story,
      language: reading.language,
      traits: weigh(reading, rarities),
      time: published ?? Number.NaN,
    }
    const found = keysOf(reading, rarities)
    rarity.count(reading)
    return { member, found }
  }

  /** A live event, or one without stories so far. */
  const liveOrNew = (number: number): LiveEvent => events.get(number) ?? events.begin(number, clock)

  return {
    add(arrival) {
      const { member, found } = arrive(arrival)
      let best: LiveEvent | undefined
      let likely = Number.NEGATIVE_INFINITY
      const others: LiveEvent[] = []
      const original = arrival.event === undefined ? undefined : events.goesOnAs(arrival.event)
      const copied = original === undefined ? undefined : liveOrNew(original)
      if (copied === undefined) {
        const compared = candidates(found, member.time)
        mostCandidates = Math.max(mostCandidates, compared.length)
        for (const event of compared) {
          const odds = between(member, event)
          if (odds >= setting.join) others.push(event)
          if (odds > likely) {
            likely = odds
            best = event
          }
        }
      }
      const joins = copied ?? (likely >= setting.join ? best : undefined)
      let into = joins ?? liveOrNew(next++)
      const joined = into.number
      take(into, member)
      const merged: number[] = []
      const united: number[] = []
      // The one that was joined may be among them, and have gone into another.
      for (const other of others)
        if (
          other !== into &&
          events.has(other.number) &&
          !areApart(into.number, other.number) &&
          linked(into, other) >= setting.merge
        ) {
          const whole = unite(into, other)
          united.push(other.number)
          merged.push(whole === into ? other.number : into.number)
          into = whole
        }
      index(found, into.number)
      return {
        event: into.number,
        begins: joins === undefined,
        logOdds: joins === undefined || copied !== undefined ? null : likely,
        merged,
        course: { joined, united },
      }
    },
    replay(arrival, { joined, united }) {
      const { member, found } = arrive(arrival)
      if (joined === next) next++
      let into = liveOrNew(joined)
      take(into, member)
      for (const other of united) into = unite(into, events.get(other) as LiveEvent)
      index(found, into.number)
    },
    move(from, stories, to, isApart) {
      const source = events.resolve(from)
      const target = to ?? next++
      events.unalias(target)
      const wanted = new Set(stories)
      const moved = source?.members.filter(({ story }) => wanted.has(story)) ?? []
      if (source !== undefined && moved.length > 0) {
        source.members.splice(0, Infinity, ...source.members.filter((member) => !moved.includes(member)))
        members -= moved.length
        if (source.members.length === 0) events.remove(source)
      }
      if (moved.length > 0) {
        const into = liveOrNew(target)
        for (const member of moved) {
          take(into, member)
          const reading = readingOfTraits(member.traits, member.language)
          index(keysOf(reading, rarity.of(reading)), target)
        }
      }
      const other = events.goesOnAs(from)
      if (isApart) setApart(other, target)
      else {
        apart.get(other)?.delete(target)
        apart.get(target)?.delete(other)
      }
      return target
    },
    merge(a, b) {
      const [one, other] = [events.goesOnAs(a), events.goesOnAs(b)]
      if (one === other) return one
      apart.get(one)?.delete(other)
      apart.get(other)?.delete(one)
      return unite(liveOrNew(one), liveOrNew(other)).number
    },
    central(number) {
      const members = events.resolve(number)?.members ?? []
      const sums = members.map((member) =>
        members.reduce(
          (sum, other) => (other === member ? sum : sum + logOdds(member, other, setting.weights)),
          0,
        ),
      )
      return members
        .map(({ story, language }, i) => ({ story, language, sum: sums[i] as number }))
        .sort((a, b) => b.sum - a.sum || a.story - b.story)
        .map(({ story, language }) => ({ story, language }))
    },
    weighed(reading) {
      return { traits: weigh(reading, rarity.of(reading)), rarity: rarity.in(reading.language) }
    },
    get events() {
      return events.size
    },
    get members() {
      return members
    },
    get mostCandidates() {
      return mostCandidates
    },
    save: () => ({
      clock,
      next,
      rarity: rarity.save(),
      ...table.save(),
      events: Array.from(events.values(), ({ number, members, newest, oldest, arrived }) => ({
        number,
        members: [...members],
        newest,
        oldest,
        arrived,
      })),
      aliases: [...events.aliases],
      apart: [...apart].map(([event, others]) => [event, [...others]] as const),
    }),
  }
}

/** The seats of events that share keys with a story, of which those of most weight are wanted. */
class Heaviest {
  /** By seat: in which turn it was met last, and its place among those met then. */
  #turns = new Int32Array(1024)
  #places = new Int32Array(1024)
  #turn = 0
  readonly #seats = new Int32Array(KEYS * OF_KEY)
  readonly #weights = new Float64Array(KEYS * OF_KEY)
  #count = 0

  clear(): void {
    this.#turn++
    this.#count = 0
  }

  weigh(seat: number, weight: number): void {
    if (this.#turns[seat] === this.#turn) {
      const place = this.#places[seat] as number
      this.#weights[place] = (this.#weights[place] as number) + weight
      return
    }
    if (seat >= this.#turns.length) this.#grow(seat)
    this.#turns[seat] = this.#turn
    this.#places[seat] = this.#count
    this.#seats[this.#count] = seat
    this.#weights[this.#count++] = weight
  }

  /** The CANDIDATES of most weight, heaviest first; of the same weight that of the lowest number. */
  best(isWanted: (seat: number) => boolean, numberAt: (seat: number) => number): number[] {
    const best: number[] = []
    const isBefore = (a: number, b: number): boolean => {
      const more = (this.#weights[a] as number) - (this.#weights[b] as number)
      return (
        more > 0 || (more === 0 && numberAt(this.#seats[a] as number) < numberAt(this.#seats[b] as number))
      )
    }
    for (let i = 0; i < this.#count; i++) {
      const isFull = best.length === CANDIDATES
      if (isFull && !isBefore(i, best[CANDIDATES - 1] as number)) continue
      if (!isWanted(this.#seats[i] as number)) continue
      let at = isFull ? CANDIDATES - 1 : best.length
      for (; at > 0 && isBefore(i, best[at - 1] as number); at--) best[at] = best[at - 1] as number
      best[at] = i
    }
    return best.map((place) => this.#seats[place] as number)
  }

  #grow(seat: number): void {
    const size = 2 ** Math.ceil(Math.log2(seat + 1))
    this.#turns = grown(this.#turns, new Int32Array(size))
    this.#places = grown(this.#places, new Int32Array(size))
  }
}
