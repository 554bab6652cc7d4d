/**
 * What an alert tells, and when. The one place that decides it: for stories as they arrive, for the back-test, and by what it
 * writes down for the question why an alert did not fire. It asks nobody for the time and writes nothing: values in, values out.
 *
 * A hit goes through these steps, and stops at the first that keeps it back: its horizon, what the alert's trigger counts, its
 * event (told before, or snoozed), and the gates: the digest's time, a snooze, quiet hours, the cooldown, the cap. What gates
 * hold is told as one notice at the first moment at which none holds it.
 */
import type { AlertSettings } from '../../../api/contract/alertSettings.ts'
import { localDay } from '../../localTime.ts'
import type { Decision, Gates, ToldNotice } from './decision.ts'
import { hasGrown, mergedMark, renamed } from './eventMarks.ts'
import { alertGates, isOpen } from './gates.ts'
import { momentOf } from './moment.ts'
import { type Reached, reachOf } from './reach.ts'
import { nextDigest } from './schedule.ts'
import { silenceOf } from './silence.ts'
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
/** A first fetch that comes in several transactions is over after so long. */
const FIRST_FETCH_MS = 10 * 60_000
interface OpenNotice {
  readonly key: string
  /** The event of all its stories; null where they are of several, or of none. */
  event: number | null
  readonly at: number
  readonly words: string
  readonly stories: number[]
  readonly about: number | undefined
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
  const gates = alertGates(settings, state, timeZone)
  const silence = silenceOf(trigger, state)
  const reach = reachOf(trigger, state, timeZone, around.gaps)
  const moment = (now: number): number => momentOf(state, now, trigger, timeZone)
  const isCounting = trigger.kind === 'threshold' || trigger.kind === 'spike'
  let decisions = new Map<number, Decision>()
  let changes = new Map<number, Partial<Decision>>()
  let notices: OpenNotice[] = []
  /** Notices since the last call of `take`, by event and by source of a first fetch: what arrives together is told together. */
  let ofEvents = new Map<number, OpenNotice>()
  let ofFirstFetches = new Map<number, OpenNotice>()
  /** The events of what is held, as of this list of it. */
  let heldEvents: { readonly of: WaitingHit[]; readonly events: Set<number | null> } | null = null

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

  function hold(hit: WaitingHit, holding: Gates = gates.at(state.now)): void {
    state.held.push(hit)
    if (heldEvents?.of === state.held) heldEvents.events.add(hit.event)
    changes.set(hit.story, { outcome: 'held', gates: holding })
    if (trigger.kind === 'digest') state.digest ??= nextDigest(trigger, hit.at, timeZone)
  }

  /** When what is held is told, unless something happens before. */
  function heldUntil(): number | null {
    if (state.held.length === 0) return null
    const from = trigger.kind === 'digest' ? (state.digest ?? 0) : 0
    return gates.openFrom(Math.max(from, state.now))
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
    const words = silence.words(now, about)
    tell({ key: `silence:${last.story}`, event: null, at: now, words, stories: [], about: last.story })
  }

  /** When a silence is told; null: not. */
  function silenceDue(): number | null {
    const from = silence.from()
    return from === null ? null : gates.openFrom(from)
  }

  function settle(now: number): void {
    endSnoozes(now)
    release(now)
    tellSilence(now)
  }

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
    reach.countDay(published)
    const isOld = age > horizon
    if (!isOld) silence.hear(arrival, at)
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
        const holding = gates.at(hit.at)
        release(hit.at)
        return verdictOf('held', holding)
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
    const holding = gates.at(at)
    if (trigger.kind === 'digest') holding.digest = state.digest ?? nextDigest(trigger, at, timeZone)
    // What is held already is told first, and this with it.
    if (!isOpen(holding) || state.held.length > 0) {
      hold(hit, holding)
      return verdictOf('held', holding)
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
    const reached = day === null ? reach.byCount(at, byEvents) : reach.byShare(day)
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
    const holding = gates.at(at)
    if (isOpen(holding) && state.held.length === 0) {
      const open = tellTogether(hits, at, key ?? nextWindow(), words)
      if (firstFetch !== null) rememberFirst(firstFetch, open)
      return
    }
    for (const one of hits) hold(one, holding)
    state.said.push(words)
  }

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
      const both = mergedMark(a, b ?? newMark(), from, into)
      marks.set(into, both)
      state.snoozes = state.snoozes
        .map((one) => (one.event === from ? { ...one, event: into } : one))
        .filter((one, i, all) => all.findIndex(({ event }) => event === one.event) === i)
      // What waits of an event that was told under its other name is told already.
      if (both.told !== null) collapseHeld(into, both.told)
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
