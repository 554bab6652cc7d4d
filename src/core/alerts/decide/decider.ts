/**
 * What an alert tells, and when. The one place that decides it: for stories as they arrive, for the back-test, and by what it
 * writes down for the question why an alert did not fire. It asks nobody for the time and writes nothing: values in, values out.
 *
 * A hit goes through these steps, and stops at the first that keeps it back: its horizon, what the alert's trigger counts, its
 * event (told before, or snoozed), and the gates: the digest's time, a snooze, quiet hours, the cooldown, the cap. What gates
 * hold is told as one notice at the first moment at which none holds it.
 */
import type { AlertSettings } from '../../../api/contract/alertSettings.ts'
import { counted } from '../../counted.ts'
import { duration } from '../../feeds/pace/duration.ts'
import { localDay, startOfDay } from '../../localTime.ts'
import { median } from '../../median.ts'
import { expectation, WEEKS } from '../../spikes/spikes.ts'
import type { Decision, Gates, ToldNotice } from './decision.ts'
import { nextDigest, quietReader } from './schedule.ts'
import {
  type AlertState,
  type EventMark,
  type History,
  initialState,
  type Marks,
  newMark,
  USUAL,
  type WaitingHit,
} from './state.ts'

/** A story that the alert hits. */
export interface Arrival {
  readonly story: number
  /** The event it belongs to; null where it has none. */
  readonly event: number | null
  readonly source: number
  /** Epoch ms. */
  readonly published: number
  /** When it arrives, epoch ms. */
  readonly at: number
  /** It came with its source's first fetch. */
  readonly isFirstFetch: boolean
}

/** What is known beside the alert's own state. */
export interface Surroundings {
  /** IANA name. */
  readonly timeZone: string
  readonly marks: Marks
  /** Local days of this stretch on which no source had a story: they are no history. */
  gaps(first: number, last: number): ReadonlySet<number>
  /** What is known of the sources whose hits came last: told with a silence. '' where nothing is. */
  sources(ids: readonly number[], now: number): string
}

/** Decisions of one alert, in the order of what happens. A clock that was set back does not undo anything. */
export interface Decider {
  readonly state: AlertState
  /**
   * @param how.isNews false: it came in while nobody was there to be told
   * @param how.isSeen the person saw it, or dismissed it, before it was decided
   * @param how.now when it is decided, where that is later than it arrived
   */
  arrive(arrival: Arrival, how?: { isNews?: boolean; isSeen?: boolean; now?: number }): void
  /** The clock alone: tells what is due. */
  tick(now: number): void
  /** When `tick` is next due, epoch ms; null: what happens decides. */
  due(): number | null
  /** What a spike, a share or a silence is told by is read from the archive. */
  seed(history: History, now: number): void
  /** The person saw these hits, or dismissed them: what of them waits is not told any more. */
  forget(hits: readonly Pick<WaitingHit, 'story' | 'event'>[], now: number): void
  /** They are new again: what was forgotten waits again, unless its event was told meanwhile. */
  remember(hits: readonly WaitingHit[], now: number): void
  /** Nothing is told until a moment; null ends that. */
  snooze(until: number | null, now: number): void
  /** Nothing is told of an event until a moment, or (null) until it grows. */
  snoozeEvent(event: number, until: number | null, now: number): void
  unsnoozeEvent(event: number, now: number): void
  /** A hit that was decided before its story had an event has one now. */
  place(
    hit: { story: number; event: number; outcome: Decision['outcome']; key: string | null },
    now: number,
  ): void
  /** Two events turned out to be one. */
  merge(from: number, into: number, now: number): void
  /** Hits belong to another event than was thought. `isTold`: a notice has named the story. */
  split(from: number, into: number, hits: readonly { story: number; isTold: boolean }[], now: number): void
  /** What was decided since the last call. */
  take(): Decided
}

export interface Decided {
  /** Of the hits that arrived, by story. */
  readonly decisions: ReadonlyMap<number, Decision>
  /** What has become of hits that had arrived before, by story. */
  readonly changes: ReadonlyMap<number, Partial<Decision>>
  readonly notices: readonly ToldNotice[]
}

const HOUR = 3_600_000
/** Arrivals of one transaction need not be in order; a clock that goes back further was set back. */
export const DISORDER_MS = HOUR
/** A first fetch that comes in several transactions is over after so long. */
const FIRST_FETCH_MS = 10 * 60_000
/** How many hits it takes to tell how often there usually is one. */
const ENOUGH = 4
/** Growth: the hits have doubled, and are so many more. */
const GROWTH = 3

interface OpenNotice {
  readonly key: string
  /** The event of all its stories; null where they are of several, or of none. */
  event: number | null
  readonly at: number
  readonly words: string
  readonly stories: number[]
  readonly about: number | undefined
}

/** What a threshold or a spike that is reached tells; no key of its own: the next window. */
interface Reached {
  readonly key: string | null
  readonly words: string
}

type Verdict = Pick<Decision, 'outcome' | 'gates' | 'key'>

const verdictOf = (outcome: Decision['outcome'], gates: Gates = {}, key: string | null = null): Verdict => ({
  outcome,
  gates,
  key,
})

/** @param given is altered; null: the alert is new */
export function decider(settings: AlertSettings, given: AlertState | null, around: Surroundings): Decider {
  const { trigger } = settings
  const { marks, timeZone } = around
  const state = given ?? initialState()
  const quietAt = quietReader(settings.quiet, timeZone)
  const isCounting = trigger.kind === 'threshold' || trigger.kind === 'spike'
  let decisions = new Map<number, Decision>()
  let changes = new Map<number, Partial<Decision>>()
  let notices: OpenNotice[] = []
  /** Notices since the last call of `take`, by event and by source of a first fetch: what arrives together is told together. */
  let ofEvents = new Map<number, OpenNotice>()
  let ofFirstFetches = new Map<number, OpenNotice>()
  /** The events of what is held, as of this list of it. */
  let heldEvents: { readonly of: WaitingHit[]; readonly events: Set<number | null> } | null = null

  /** The moment as it counts: a clock that was set back takes all that lies ahead of it along. */
  function moment(now: number): number {
    if (now >= state.now || state.now - now < DISORDER_MS) {
      state.now = Math.max(now, state.now)
      return state.now
    }
    const back = (at: number): number => Math.min(at, now)
    const earlier = (hit: WaitingHit): WaitingHit => ({ ...hit, at: back(hit.at) })
    state.now = now
    if (state.lastTold !== null) state.lastTold = back(state.lastTold)
    state.recent = state.recent.map(({ at, priority }) => ({ at: back(at), priority }))
    state.held = state.held.map(earlier)
    state.counted = state.counted.map(earlier)
    state.arrivals = state.arrivals.map(back)
    if (state.last !== null) state.last = { ...state.last, at: back(state.last.at) }
    if (state.digest !== null && trigger.kind === 'digest')
      state.digest = Math.min(state.digest, nextDigest(trigger, now, timeZone))
    return now
  }

  /** What keeps the alert from telling anything at a moment. */
  function gatesAt(at: number): Gates {
    const gates: Gates = {}
    if (state.snoozedUntil !== null && state.snoozedUntil > at) gates.snooze = state.snoozedUntil
    const quiet = quietAt(at)
    if (quiet !== null) gates.quiet = quiet
    const { cooldownMs, capPerHour, priority } = settings
    if (cooldownMs > 0 && state.lastTold !== null && state.lastTold + cooldownMs > at)
      gates.cooldown = state.lastTold + cooldownMs
    if (capPerHour !== null) {
      // A notice of lower priority takes no place from one of a higher.
      const recent = state.recent.filter((one) => one.at > at - HOUR && one.priority >= priority)
      const last = recent.at(-capPerHour)
      if (last !== undefined) gates.cap = last.at + HOUR
    }
    return gates
  }

  /** The first moment from `at` on at which nothing keeps the alert from telling. */
  function openFrom(at: number): number {
    for (let next = at; ; ) {
      const later = Math.max(...Object.values(gatesAt(next)), next)
      if (later === next) return next
      next = later
    }
  }

  const isOpen = (gates: Gates): boolean => Object.keys(gates).length === 0

  function tell(notice: Omit<OpenNotice, 'about'> & { about?: number }): OpenNotice {
    const { at } = notice
    const open: OpenNotice = { about: undefined, ...notice }
    notices.push(open)
    state.lastTold = at
    state.recent = state.recent.filter((one) => one.at > at - HOUR)
    if (settings.capPerHour !== null) state.recent.push({ at, priority: settings.priority })
    return open
  }

  const nextWindow = (): string => `window:${++state.windows}`

  /** Tells hits that waited as one notice. */
  function tellTogether(hits: readonly WaitingHit[], at: number, key?: string, words = ''): OpenNotice {
    const events = new Set(hits.map(({ event }) => event))
    const [event = null] = events.size === 1 ? events : []
    const mark = event === null ? undefined : marks.get(event)
    const [only] = hits
    const collapses = settings.collapse === 'event' && !isCounting
    const own =
      key ??
      (hits.length === 1 && (event === null || !collapses)
        ? `story:${only?.story}`
        : event !== null && collapses
          ? keyOf(event, mark ?? newMark())
          : nextWindow())
    const open = tell({ key: own, event, at, words, stories: hits.map(({ story }) => story) })
    for (const one of events) if (one !== null) toldOf(one, open)
    return open
  }

  /** The key of a notice about one event: its own, once; then its growth's, once. */
  const keyOf = (event: number, { told, grown }: EventMark): string =>
    told === null
      ? `event:${event}`
      : grown && told !== `event:${event}:grown`
        ? `event:${event}:grown`
        : nextWindow()

  function toldOf(event: number, open: OpenNotice): void {
    const mark = marks.get(event) ?? newMark()
    marks.set(event, { ...mark, told: open.key, toldHits: mark.hits })
    ofEvents.set(event, open)
  }

  /** Whether anything of an event is held. There may be very many that are. */
  function isHeld(event: number): boolean {
    if (heldEvents?.of !== state.held)
      heldEvents = { of: state.held, events: new Set(state.held.map((hit) => hit.event)) }
    return heldEvents.events.has(event)
  }

  function hold(hit: WaitingHit, gates: Gates = gatesAt(state.now)): void {
    state.held.push(hit)
    if (heldEvents?.of === state.held) heldEvents.events.add(hit.event)
    changes.set(hit.story, { outcome: 'held', gates })
    if (trigger.kind === 'digest') state.digest ??= nextDigest(trigger, hit.at, timeZone)
  }

  /** When what is held is told, unless something happens before. */
  function heldUntil(): number | null {
    if (state.held.length === 0) return null
    const from = trigger.kind === 'digest' ? (state.digest ?? 0) : 0
    return openFrom(Math.max(from, state.now))
  }

  function release(now: number): void {
    const until = heldUntil()
    if (until === null || until > now) return
    const { held, said } = state
    state.held = []
    state.said = []
    state.digest = null
    tellTogether(held, now, undefined, said.join(' '))
  }

  /** Takes hits out of what is held. */
  function unhold(isGone: (hit: WaitingHit) => boolean): WaitingHit[] {
    const gone = state.held.filter(isGone)
    state.held = state.held.filter((hit) => !isGone(hit))
    if (state.held.length === 0) {
      state.digest = null
      state.said = []
    }
    return gone
  }

  /** What waits of an event turns out to have been told. */
  function collapseHeld(event: number, key: string): void {
    if (settings.collapse !== 'event') return
    for (const { story } of unhold((hit) => hit.event === event))
      changes.set(story, { outcome: 'collapsed', key })
  }

  function endSnoozes(now: number): void {
    const over = state.snoozes.filter(({ until }) => until <= now)
    if (over.length === 0) return
    state.snoozes = state.snoozes.filter(({ until }) => until > now)
    for (const { event } of over) wake(event)
  }

  /** What came of an event while it was snoozed is held for the next notice. */
  function wake(event: number): void {
    const mark = marks.get(event)
    if (mark?.snoozed == null) return
    marks.set(event, { ...mark, snoozed: null })
    for (const hit of mark.snoozed.held) resume(hit)
  }

  /** Takes hits out of what an event's snooze holds. */
  function unsnooze(event: number, isGone: (hit: WaitingHit) => boolean): WaitingHit[] {
    const mark = marks.get(event)
    if (mark?.snoozed == null) return []
    const gone = mark.snoozed.held.filter(isGone)
    if (gone.length === 0) return gone
    const held = mark.snoozed.held.filter((hit) => !isGone(hit))
    marks.set(event, { ...mark, snoozed: { ...mark.snoozed, held } })
    return gone
  }

  /** A hit waits for the end of its event's snooze; where there is none it goes on. */
  function wait(hit: WaitingHit): void {
    const mark = hit.event === null ? undefined : marks.get(hit.event)
    if (hit.event === null || mark?.snoozed == null) {
      resume(hit)
      return
    }
    marks.set(hit.event, { ...mark, snoozed: { ...mark.snoozed, held: [...mark.snoozed.held, hit] } })
    changes.set(hit.story, { outcome: 'snoozed' })
  }

  /** The notice that told of a hit's event, so that the hit has nothing of its own to tell; null where it has. */
  function toldAlready({ event }: WaitingHit): string | null {
    const isOnce =
      trigger.kind === 'threshold'
        ? trigger.rule.by === 'count' && trigger.rule.of === 'events'
        : trigger.kind !== 'spike' && settings.collapse === 'event'
    const mark = event === null ? undefined : marks.get(event)
    if (!isOnce || mark === undefined || mark.told === null) return null
    return mark.grown && mark.told !== `event:${event}:grown` ? null : mark.told
  }

  /** A hit that was snoozed goes on. */
  function resume(hit: WaitingHit): void {
    if (!isCounting) {
      hold(hit)
      return
    }
    state.counted.push(hit)
    changes.set(hit.story, { outcome: 'counted' })
  }

  function tellSilence(now: number): void {
    const { last } = state
    const due = silenceDue()
    if (last === null || due === null || due > now) return
    state.silentAfter = last.story
    const about = around.sources(state.sources, now)
    const usual = duration(usualGap() as number)
    const words = `No hit for ${duration(now - last.at)}, usually one every ${usual}.${about === '' ? '' : ` ${about}`}`
    tell({ key: `silence:${last.story}`, event: null, at: now, words, stories: [], about: last.story })
  }

  /** How far hits usually lie apart, in ms; null where too few are known. */
  function usualGap(): number | null {
    const { arrivals } = state
    return arrivals.length < ENOUGH
      ? null
      : median(arrivals.slice(1).map((at, i) => at - (arrivals[i] as number)))
  }

  /** When a silence is told: after the time that was asked for, of what usually speaks more often. */
  function silenceDue(): number | null {
    const { last, silentAfter } = state
    if (trigger.kind !== 'silence' || last === null || silentAfter === last.story) return null
    const usual = usualGap()
    if (usual === null || usual >= trigger.forMs) return null
    return openFrom(Math.max(last.at + trigger.forMs, state.now))
  }

  function settle(now: number): void {
    endSnoozes(now)
    release(now)
    tellSilence(now)
  }

  /** Whether an event has grown since it had so many hits. */
  const hasGrown = (hits: number, since: number): boolean => hits >= Math.max(2 * since, since + GROWTH)

  function arrive(
    arrival: Arrival,
    {
      isNews = true,
      isSeen = false,
      now = arrival.at,
    }: { isNews?: boolean; isSeen?: boolean; now?: number } = {},
  ): void {
    const at = moment(now)
    settle(at)
    const { story, event, published } = arrival
    const age = arrival.at - published
    const { horizonMs: horizon } = settings
    countDay(published)
    const isOld = age > horizon
    if (!isOld) hear(arrival, at)
    const verdict = isOld
      ? verdictOf('old')
      : !isNews
        ? verdictOf('unannounced')
        : isSeen && !isCounting && trigger.kind !== 'silence'
          ? verdictOf('seen')
          : verdictOn({ story, event, at }, arrival)
    decisions.set(story, { ...verdict, at, age, horizon, trigger: trigger.kind, told: null })
  }

  function verdictOn(hit: WaitingHit, arrival: Arrival): Verdict {
    if (trigger.kind === 'silence') return verdictOf('counted')
    const { event } = hit
    const mark = event === null ? undefined : marks.get(event)
    if (event !== null && mark?.snoozed != null) {
      const { snoozed } = mark
      const hits = mark.hits + 1
      if (snoozed.until !== null || !hasGrown(hits, snoozed.hits)) {
        marks.set(event, { ...mark, hits, snoozed: { ...snoozed, held: [...snoozed.held, hit] } })
        return verdictOf('snoozed', snoozed.until === null ? {} : { snooze: snoozed.until })
      }
      // It has grown: what came meanwhile is told with it.
      marks.set(event, { ...mark, hits, snoozed: null })
      for (const one of snoozed.held) resume(one)
      if (!isCounting) {
        hold(hit)
        const gates = gatesAt(hit.at)
        release(hit.at)
        return verdictOf('held', gates)
      }
    }
    if (isCounting) return count(hit, arrival)
    return event !== null && settings.collapse === 'event'
      ? offerOnce(event, hit, arrival)
      : offer(hit, arrival)
  }

  /** Tells of an event that was not told yet, or has grown since. */
  function offerOnce(event: number, hit: WaitingHit, arrival: Arrival): Verdict {
    const mark = marks.get(event) ?? newMark()
    const hits = mark.hits + 1
    const open = ofEvents.get(event)
    if (open !== undefined) {
      // Arrived together with what has just been told.
      open.stories.push(hit.story)
      marks.set(event, { ...mark, hits, toldHits: hits })
      return verdictOf('told', {}, open.key)
    }
    const hasNews = mark.told === null || (settings.growth && !mark.grown && hasGrown(hits, mark.toldHits))
    marks.set(event, { ...mark, hits, grown: mark.grown || (hasNews && mark.told !== null) })
    return hasNews || isHeld(event) ? offer(hit, arrival) : verdictOf('collapsed', {}, mark.told)
  }

  /** Tells a hit at once, or holds it. */
  function offer(hit: WaitingHit, { source, isFirstFetch }: Arrival): Verdict {
    const { story, event, at } = hit
    const collapsed = settings.collapse === 'event' ? event : null
    const first = isFirstFetch ? ofFirstFetches.get(source) : undefined
    if (first !== undefined) {
      first.stories.push(story)
      if (first.event !== event) first.event = null
      if (collapsed !== null) toldOf(collapsed, first)
      return verdictOf('told', {}, first.key)
    }
    const earlier = isFirstFetch ? earlierSlice(source, at) : null
    if (earlier !== null) {
      if (collapsed !== null) marks.set(collapsed, { ...(marks.get(collapsed) ?? newMark()), told: earlier })
      return verdictOf('collapsed', {}, earlier)
    }
    const gates = gatesAt(at)
    if (trigger.kind === 'digest') gates.digest = state.digest ?? nextDigest(trigger, at, timeZone)
    // What is held already is told first, and this with it.
    if (!isOpen(gates) || state.held.length > 0) {
      hold(hit, gates)
      return verdictOf('held', gates)
    }
    const key = isFirstFetch
      ? nextWindow()
      : collapsed === null
        ? `story:${story}`
        : keyOf(collapsed, marks.get(collapsed) ?? newMark())
    const open = tell({ key, event, at, words: '', stories: [story] })
    if (isFirstFetch) rememberFirst(source, open)
    if (collapsed !== null) toldOf(collapsed, open)
    return verdictOf('told', {}, key)
  }

  /** The key of the notice that told of an earlier part of a source's first fetch. */
  function earlierSlice(source: number, at: number): string | null {
    state.firsts = state.firsts.filter((one) => one.at > at - FIRST_FETCH_MS)
    return state.firsts.find((one) => one.source === source)?.key ?? null
  }

  function rememberFirst(source: number, open: OpenNotice): void {
    ofFirstFetches.set(source, open)
    state.firsts.push({ source, key: open.key, at: open.at })
  }

  /** A hit counts towards a threshold or a spike, and may be the one that reaches it. */
  function count(hit: WaitingHit, { source, isFirstFetch }: Arrival): Verdict {
    const { event, at } = hit
    const rule = trigger.kind === 'threshold' && trigger.rule.by === 'count' ? trigger.rule : null
    const byEvents = rule?.of === 'events'
    if (byEvents && event !== null) {
      const mark = marks.get(event) ?? newMark()
      marks.set(event, { ...mark, hits: mark.hits + 1 })
      if (mark.told !== null) return verdictOf('collapsed', {}, mark.told)
    }
    const day = rule === null ? localDay(at, timeZone) : null
    if (day !== null && state.spiked === day) return verdictOf('counted')
    state.counted.push(hit)
    const reached = day === null ? reachedCount(at, byEvents) : reachedShare(day)
    if (reached !== null) tellCounted(reached, at, isFirstFetch ? source : null)
    return verdictOf('counted')
  }

  /** @param firstFetch the source whose first fetch it came with: that tells once */
  function tellCounted({ key, words }: Reached, at: number, firstFetch: number | null): void {
    const hits = state.counted
    state.counted = []
    const first = firstFetch === null ? undefined : ofFirstFetches.get(firstFetch)
    const earlier = firstFetch === null ? null : earlierSlice(firstFetch, at)
    if (first === undefined && earlier !== null) {
      for (const { story } of hits) changes.set(story, { outcome: 'collapsed', key: earlier })
      return
    }
    if (first !== undefined) {
      for (const { story, event } of hits) {
        first.stories.push(story)
        if (event !== null) toldOf(event, first)
      }
      return
    }
    const gates = gatesAt(at)
    if (isOpen(gates) && state.held.length === 0) {
      const open = tellTogether(hits, at, key ?? nextWindow(), words)
      if (firstFetch !== null) rememberFirst(firstFetch, open)
      return
    }
    for (const one of hits) hold(one, gates)
    state.said.push(words)
  }

  /** What a threshold tells that so many hits within its window have reached. */
  function reachedCount(now: number, byEvents: boolean): Reached | null {
    if (trigger.kind !== 'threshold' || trigger.rule.by !== 'count') return null
    const { count: needed, windowMs } = trigger.rule
    dropBefore(now - windowMs + 1)
    const found = byEvents
      ? new Set(state.counted.map(({ event, story }) => event ?? `story ${story}`)).size
      : state.counted.length
    if (found < needed) return null
    const what = byEvents ? counted(found, 'event') : counted(found, 'story', 'stories')
    return { key: null, words: `${what} within ${duration(windowMs)}.` }
  }

  /** What a spike, or a share above the expectation, tells of a day. */
  function reachedShare(day: number): Reached | null {
    dropBefore(startOfDay(day, timeZone))
    const since = state.since ?? day
    const series = { since, counts: state.days, gaps: around.gaps(day - 7 * WEEKS, day - 1) }
    const expected = expectation(series, day)
    if (expected === null) return null
    const isReached =
      trigger.kind === 'threshold' && trigger.rule.by === 'share'
        ? expected.observed >= Math.max(1, expected.value) * (1 + trigger.rule.percent / 100)
        : expected.above
    if (!isReached) return null
    state.spiked = day
    return { key: `spike:${day}`, words: `${expected.words}.` }
  }

  function dropBefore(start: number): void {
    const first = state.counted.findIndex(({ at }) => at >= start)
    state.counted.splice(0, first < 0 ? state.counted.length : first)
  }

  /** Counts a hit for the history of a spike. */
  function countDay(published: number): void {
    if (trigger.kind !== 'spike' && !(trigger.kind === 'threshold' && trigger.rule.by === 'share')) return
    const day = localDay(published, timeZone)
    const newest = state.days.at(-1)
    if (newest?.day === day) {
      state.days[state.days.length - 1] = { day, count: newest.count + 1 }
      return
    }
    const known = state.days.find((one) => one.day === day)
    if (known !== undefined)
      state.days = state.days.map((one) => (one === known ? { day, count: one.count + 1 } : one))
    else state.days = [...state.days, { day, count: 1 }].sort((a, b) => a.day - b.day)
    state.since = Math.min(state.since ?? day, day)
    const oldest = (state.days.at(-1)?.day ?? day) - 7 * WEEKS
    state.days = state.days.filter((one) => one.day >= oldest)
  }

  /** Remembers of a hit what a silence is told by. */
  function hear({ story, source }: Arrival, now: number): void {
    if (trigger.kind !== 'silence') return
    state.last = { story, at: now }
    state.arrivals = [...state.arrivals, now].slice(-USUAL)
    state.sources = [...state.sources.filter((id) => id !== source), source].slice(-USUAL)
  }

  const renamed = (
    hits: readonly WaitingHit[],
    stories: ReadonlySet<number> | null,
    from: number,
    into: number,
  ) =>
    hits.map((hit) =>
      hit.event === from && (stories === null || stories.has(hit.story)) ? { ...hit, event: into } : hit,
    )

  return {
    state,
    arrive,
    tick(now) {
      settle(moment(now))
    },
    due() {
      const moments = [heldUntil(), silenceDue(), ...state.snoozes.map(({ until }) => until)].filter(
        (at) => at !== null,
      )
      return moments.length === 0 ? null : Math.min(...moments)
    },
    seed({ since, days, arrivals }, now) {
      moment(now)
      state.since = since
      state.days = [...days]
      if (trigger.kind !== 'silence') return
      const last = arrivals.at(-1)
      state.last = last === undefined ? null : { story: last.story, at: last.at }
      state.arrivals = arrivals.slice(-USUAL).map(({ at }) => at)
      const sources = arrivals.map(({ source }) => source).reverse()
      state.sources = [...new Set(sources)].slice(0, USUAL).reverse()
    },
    forget(hits, now) {
      moment(now)
      const gone = new Set(hits.map(({ story }) => story))
      const isGone = (hit: WaitingHit): boolean => gone.has(hit.story)
      const events = new Set(hits.flatMap(({ event }) => event ?? []))
      const waited = [...unhold(isGone), ...[...events].flatMap((event) => unsnooze(event, isGone))]
      for (const { story } of waited) changes.set(story, { outcome: 'seen' })
    },
    remember(hits, now) {
      const at = moment(now)
      const waiting = new Set([...state.held, ...state.counted].map(({ story }) => story))
      for (const hit of hits) {
        if (waiting.has(hit.story)) continue
        const told = toldAlready(hit)
        if (told !== null) changes.set(hit.story, { outcome: 'collapsed', key: told })
        else if (hit.event !== null && marks.get(hit.event)?.snoozed != null) wait(hit)
        else hold({ ...hit, at: Math.min(hit.at, at) })
      }
      state.held.sort((a, b) => a.at - b.at || a.story - b.story)
      settle(at)
    },
    snooze(until, now) {
      state.snoozedUntil = until
      settle(moment(now))
    },
    snoozeEvent(event, until, now) {
      const at = moment(now)
      const mark = marks.get(event) ?? newMark()
      const held = mark.snoozed?.held ?? []
      const waiting = unhold((hit) => hit.event === event)
      for (const { story } of waiting) changes.set(story, { outcome: 'snoozed' })
      marks.set(event, { ...mark, snoozed: { until, hits: mark.hits, held: [...held, ...waiting] } })
      state.snoozes = state.snoozes.filter((one) => one.event !== event)
      if (until !== null) state.snoozes.push({ event, until })
      settle(at)
    },
    unsnoozeEvent(event, now) {
      state.snoozes = state.snoozes.filter((one) => one.event !== event)
      wake(event)
      settle(moment(now))
    },
    place({ story, event, outcome, key }, now) {
      moment(now)
      if (!PLACED.has(outcome)) return
      const placed = (hit: WaitingHit): WaitingHit => (hit.story === story ? { ...hit, event } : hit)
      state.held = state.held.map(placed)
      state.counted = state.counted.map(placed)
      const mark = marks.get(event) ?? newMark()
      const hits = mark.hits + 1
      const told = mark.told ?? (outcome === 'held' || outcome === 'counted' ? null : key)
      marks.set(event, { ...mark, hits, told, toldHits: outcome === 'told' ? hits : mark.toldHits })
      if (told !== null) collapseHeld(event, told)
    },
    merge(from, into, now) {
      moment(now)
      const [a, b] = [marks.get(from), marks.get(into)]
      state.held = renamed(state.held, null, from, into)
      state.counted = renamed(state.counted, null, from, into)
      if (a === undefined) return
      marks.delete(from)
      const told = b?.told ?? a.told
      const isSnoozed = a.snoozed ?? b?.snoozed ?? null
      const both: EventMark = {
        told,
        hits: a.hits + (b?.hits ?? 0),
        toldHits: told === null ? 0 : a.hits + (b?.hits ?? 0),
        grown: a.grown || b?.grown === true,
        snoozed:
          isSnoozed === null
            ? null
            : {
                ...isSnoozed,
                held: renamed([...(a.snoozed?.held ?? []), ...(b?.snoozed?.held ?? [])], null, from, into),
              },
      }
      marks.set(into, both)
      state.snoozes = state.snoozes
        .map((one) => (one.event === from ? { ...one, event: into } : one))
        .filter((one, i, all) => all.findIndex(({ event }) => event === one.event) === i)
      // What waits of an event that was told under its other name is told already.
      if (told !== null) collapseHeld(into, told)
    },
    split(from, into, hits, now) {
      const at = moment(now)
      const stories = new Set(hits.map(({ story }) => story))
      state.held = renamed(state.held, stories, from, into)
      state.counted = renamed(state.counted, stories, from, into)
      const mark = marks.get(from)
      if (mark === undefined || hits.length === 0) return
      const isTold = hits.some((hit) => hit.isTold)
      const snoozed = unsnooze(from, (hit) => stories.has(hit.story))
      marks.set(from, { ...(marks.get(from) ?? mark), hits: Math.max(0, mark.hits - hits.length) })
      for (const hit of snoozed) wait({ ...hit, event: into })
      const known = marks.get(into) ?? newMark()
      const own = known.hits + hits.length
      if (mark.told === null || known.told !== null || isTold) {
        marks.set(into, { ...known, told: known.told ?? mark.told, hits: own, toldHits: own })
        return
      }
      // Its stories were taken for another event's, which was told: of this one nothing was.
      marks.set(into, { ...known, hits: own })
      const waiting = new Set([...state.held, ...state.counted].map(({ story }) => story))
      for (const { story } of hits) if (!waiting.has(story)) hold({ story, event: into, at })
      settle(at)
    },
    take() {
      const done = notices.map((open): ToldNotice => {
        const notice = { ...open, trigger: trigger.kind, priority: settings.priority }
        for (const story of open.stories) changes.set(story, { ...changes.get(story), ...toldBy(notice) })
        return notice
      })
      for (const [story, change] of changes) {
        const decision = decisions.get(story)
        if (decision === undefined) continue
        decisions.set(story, { ...decision, ...change })
        changes.delete(story)
      }
      const decided = { decisions, changes, notices: done }
      decisions = new Map()
      changes = new Map()
      notices = []
      ofEvents = new Map()
      ofFirstFetches = new Map()
      return decided
    },
  }
}

/** What was decided of a hit that its event has to do with. */
const PLACED: ReadonlySet<Decision['outcome']> = new Set(['told', 'held', 'collapsed', 'counted'])

const toldBy = ({ key, at }: ToldNotice): Partial<Decision> => ({ outcome: 'told', key, told: at })
