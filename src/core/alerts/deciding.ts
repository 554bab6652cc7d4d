import type { Clock } from '../clock.ts'
import type { AlertRecord } from '../store/alerts.ts'
import type { HitState } from '../store/hits.ts'
import { ALL_STORIES } from '../store/tags.ts'
import type { Stores } from '../stores.ts'
import { type Decider, decider } from './decide/decider.ts'
import type { Decision } from './decide/decision.ts'
import { DISORDER_MS } from './decide/moment.ts'
import type { EventMark, History, Marks, WaitingHit } from './decide/state.ts'
import { CHANNELS } from './notices.ts'
import { readSettings } from './settings.ts'
import { sourcesHealth } from './sourcesHealth.ts'

/** How a hit came in: kept with it until it is decided. */
export interface CameIn {
  /** With its source's first fetch. */
  readonly first?: true
  /** While nobody was there to be told. */
  readonly unannounced?: true
}

/**
 * What alerts decide in one transaction. All that is decided is written by `finish`, in that transaction; of one that is rolled
 * back nothing is left.
 */
export interface Deciding {
  /**
   * Decides the hits of stories that were not decided yet.
   * @param eventOf the event of each; null: it has not had its turn, and a hit whose alert asks for it waits
   * @param now epoch ms
   */
  decide(
    stories: readonly number[],
    eventOf: (story: number) => number | null,
    now: number,
    isLate?: boolean,
  ): void
  /** A story has its event: what was decided of its hits before that is of this event too. */
  placed(story: number, event: number, now: number): void
  /** An event went into another: what alerts have told of the one, they have told of the other. */
  merged(from: number, into: number, now: number): void
  /** The stories that a change moves and that are of an event go into another, but the event they were in stays. */
  moved(from: number, into: number, change: number, now: number): void
  /**
   * Tells what is due by the clock alone. `isSetBack`: the clock may be behind what was decided.
   * @returns how many snoozed hits are new again
   */
  tick(now: number, isSetBack: boolean): number
  /** What an alert's trigger is told by is read from the archive. */
  seed(alert: number, history: History, now: number): void
  /** The person has seen or dismissed these hits, of these events: what of them waits is not told. */
  forget(alert: number, hits: readonly Pick<WaitingHit, 'story' | 'event'>[], now: number): void
  /** They are new again: what was forgotten waits again. */
  remember(alert: number, hits: readonly WaitingHit[], now: number): void
  /** Until when an event is snoozed (null: until it grows); undefined where it is not. */
  snoozedUntil(alert: number, event: number): number | null | undefined
  /** Nothing is told of an event, or (event null) at all, until a moment; until null: until the event grows. */
  snooze(alert: number, event: number | null, until: number | null, now: number): void
  unsnooze(alert: number, event: number | null, now: number): void
  /** Writes what was decided. @returns how many notices there are */
  finish(): number
}

export interface DecidingParts
  extends Pick<Stores, 'decisions' | 'notices' | 'sources' | 'counts'>,
    Pick<Clock, 'timeZone'> {
  /** Row of an alert that is on or off; undefined where it is gone. */
  readonly alert: (id: number) => AlertRecord | undefined
}

interface Desk {
  readonly alert: AlertRecord
  readonly decider: Decider
  readonly marks: StoredMarks
}

/** @returns begins the decisions of a transaction */
export function createDeciding(parts: DecidingParts): () => Deciding {
  const { decisions, notices, counts, timeZone } = parts

  return () => {
    const desks = new Map<number, Desk>()
    const gaps = new Map<string, ReadonlySet<number>>()

    function gapsOf(first: number, last: number): ReadonlySet<number> {
      const key = `${first} ${last}`
      const known =
        gaps.get(key) ??
        new Set(counts.daily(ALL_STORIES, first, last).flatMap((n, i) => (n === 0 ? [first + i] : [])))
      gaps.set(key, known)
      return known
    }

    function deskOf(id: number): Desk | undefined {
      const known = desks.get(id)
      if (known !== undefined) return known
      const alert = parts.alert(id)
      if (alert === undefined) return undefined
      const marks = new StoredMarks(decisions, id)
      const state = decisions.state(id)
      const desk: Desk = {
        alert,
        marks,
        decider: decider(readSettings(alert.settings), state === undefined ? null : JSON.parse(state), {
          timeZone,
          marks,
          gaps: gapsOf,
          sources: (ids, now) => sourcesHealth(parts, ids, now),
        }),
      }
      desks.set(id, desk)
      return desk
    }

    /** The alerts that have a mark on an event, also one that is not written yet. */
    function marking(event: number): Set<number> {
      const unwritten = [...desks].filter(([, { marks }]) => marks.get(event) !== undefined)
      return new Set([...decisions.marking(event), ...unwritten.map(([id]) => id)])
    }

    function write({ alert, decider, marks }: Desk): number {
      const { decisions: decided, changes, notices: told } = decider.take()
      for (const notice of told)
        notices.add({ alertId: alert.id, ...notice, stories: notice.stories }, CHANNELS)
      for (const [story, decision] of decided)
        decisions.decide(alert.id, story, JSON.stringify(decision), stateAfter(decision), untilOf(decision))
      for (const [story, change] of changes) decisions.redecide(alert.id, story, JSON.stringify(change))
      for (const event of marks.woken) decisions.wakeHits(alert.id, event)
      marks.write()
      decisions.setState(alert.id, JSON.stringify(decider.state), decider.due())
      return told.length
    }

    return {
      decide(stories, eventOf, now, isLate = false) {
        for (const story of stories) {
          const hits = decisions.undecided(story)
          if (hits.length === 0) continue
          const event = eventOf(story)
          for (const { alertId, at, came, published, source, state } of hits) {
            const desk = deskOf(alertId)
            if (desk === undefined) continue
            if (event === null && !isLate && readSettings(desk.alert.settings).collapse === 'event') continue
            const { first, unannounced } = JSON.parse(came) as CameIn
            const arrival = { story, event, source, published, at, isFirstFetch: first === true }
            const isSeen = state === 1 || state === 3
            const moment = momentOf(at, now)
            desk.decider.arrive(arrival, { isNews: unannounced !== true, isSeen, now: moment })
          }
        }
      },
      placed(story, event, now) {
        for (const { alertId, outcome, key } of decisions.decided(story))
          deskOf(alertId)?.decider.place({ story, event, outcome: outcome as Decision['outcome'], key }, now)
      },
      merged(from, into, now) {
        for (const alert of marking(from)) deskOf(alert)?.decider.merge(from, into, now)
      },
      moved(from, into, change, now) {
        const alerts = marking(from)
        const stories = alerts.size === 0 ? [] : decisions.moved(change, from)
        for (const alert of alerts)
          deskOf(alert)?.decider.split(from, into, decisions.decidedHits(alert, stories), now)
      },
      tick(now, isSetBack) {
        const woken = decisions.wake(now)
        for (const alert of decisions.due(now)) deskOf(alert)?.decider.tick(now)
        if (isSetBack) for (const alert of decisions.ahead(now)) deskOf(alert)?.decider.tick(now)
        return woken
      },
      seed(alert, history, now) {
        deskOf(alert)?.decider.seed(history, now)
      },
      forget(alert, hits, now) {
        deskOf(alert)?.decider.forget(hits, now)
      },
      remember(alert, hits, now) {
        deskOf(alert)?.decider.remember(hits, now)
      },
      snoozedUntil: (alert, event) => deskOf(alert)?.marks.get(event)?.snoozed?.until,
      snooze(alert, event, until, now) {
        if (event === null) deskOf(alert)?.decider.snooze(until, now)
        else deskOf(alert)?.decider.snoozeEvent(event, until, now)
      },
      unsnooze(alert, event, now) {
        if (event === null) deskOf(alert)?.decider.snooze(null, now)
        else deskOf(alert)?.decider.unsnoozeEvent(event, now)
      },
      finish() {
        let told = 0
        for (const desk of desks.values()) told += write(desk)
        desks.clear()
        gaps.clear()
        return told
      },
    }
  }
}

/** When a hit is decided: not before it came, unless the clock was set back since. */
const momentOf = (at: number, now: number): number => (at - now < DISORDER_MS ? Math.max(at, now) : now)

/** Where a hit stands in the inbox once it is decided. */
function stateAfter({ outcome }: Decision): HitState {
  if (outcome === 'old' || outcome === 'backfilled') return 1
  return outcome === 'snoozed' ? 2 : 0
}

const untilOf = ({ outcome, gates }: Decision): number | null =>
  outcome === 'snoozed' ? (gates.snooze ?? null) : null

/** The marks of one alert, read once each and written at the end. */
class StoredMarks implements Marks {
  readonly #decisions: Stores['decisions']
  readonly #alert: number
  readonly #known = new Map<number, EventMark | undefined>()
  readonly #changed = new Set<number>()
  /** Events whose snooze is over. */
  readonly woken = new Set<number>()

  constructor(decisions: Stores['decisions'], alert: number) {
    this.#decisions = decisions
    this.#alert = alert
  }

  get(event: number): EventMark | undefined {
    if (this.#known.has(event)) return this.#known.get(event)
    const text = this.#decisions.mark(this.#alert, event)
    const mark = text === undefined ? undefined : (JSON.parse(text) as EventMark)
    this.#known.set(event, mark)
    return mark
  }

  set(event: number, mark: EventMark): void {
    if (mark.snoozed === null && this.get(event)?.snoozed != null) this.woken.add(event)
    this.#known.set(event, mark)
    this.#changed.add(event)
  }

  delete(event: number): void {
    this.#known.set(event, undefined)
    this.#changed.add(event)
  }

  write(): void {
    for (const event of this.#changed) {
      const mark = this.#known.get(event)
      if (mark === undefined) this.#decisions.removeMark(this.#alert, event)
      else this.#decisions.setMark(this.#alert, event, JSON.stringify(mark))
    }
    this.#changed.clear()
    this.woken.clear()
  }
}
