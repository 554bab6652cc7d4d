import type { AlertSettings } from '../../api/contract/alertSettings.ts'
import { localDayReader } from '../localTime.ts'
import { type Arrival, type Decider, decider } from './decide/decider.ts'
import type { Decision, ToldNotice } from './decide/decision.ts'
import type { EventMark } from './decide/state.ts'

/** What an alert would have done. */
export interface Simulation {
  readonly hits: number
  readonly notices: number
  /** By local day (days since 1970-01-01), ascending, days without any left out. */
  readonly days: readonly { readonly day: number; readonly hits: number; readonly notices: number }[]
  /** What was decided of the last hits, by story. */
  readonly newest: ReadonlyMap<number, Decision>
}

const NEWEST = 20
/** Hits between two yields: some milliseconds. */
const STEP = 500

/** What a simulation needs to know. */
export interface SimulatedTime {
  /** IANA name. */
  readonly timeZone: string
  readonly gaps: (first: number, last: number) => ReadonlySet<number>
  /** The local day from which the archive has stories; null where it has none. */
  readonly since: number | null
  /** Days before this moment (epoch ms) are left out of the answer: they are history. */
  readonly from: number
  /** Epoch ms: what is due by then is told. */
  readonly until: number
  /** Gets each notice, also those of the history. */
  readonly told?: (notice: ToldNotice) => void
}

/**
 * What an alert would have told had it been there all the time. The clock ticks whenever the alert asks for it, and the decisions
 * are those of `decider`, as they are live. Yields from time to time.
 * @param arrivals the stories that it hits, those of one transaction together
 */
export function* simulate(
  settings: AlertSettings,
  arrivals: Iterable<readonly Arrival[]>,
  { timeZone, gaps, since, from, until, told = () => undefined }: SimulatedTime,
): Generator<void, Simulation> {
  const dayOf = localDayReader(timeZone)
  const marks = new Map<number, EventMark>()
  const alert = decider(settings, null, { timeZone, marks, gaps, sources: () => '' })
  alert.seed({ since, days: [], arrivals: [] }, 0)
  const days = new Map<number, { hits: number; notices: number }>()
  const newest = new Map<number, Decision>()
  const sum = { hits: 0, notices: 0 }
  let steps = 0
  let before = Number.NEGATIVE_INFINITY

  function add(moment: number, what: 'hits' | 'notices'): void {
    if (moment < from) return
    const day = dayOf(moment)
    const one = days.get(day) ?? { hits: 0, notices: 0 }
    one[what]++
    days.set(day, one)
    sum[what]++
  }

  function take(): void {
    const { decisions, changes, notices } = alert.take()
    for (const [story, decision] of decisions) newest.set(story, decision)
    for (const [story, change] of changes) {
      const decision = newest.get(story)
      if (decision !== undefined) newest.set(story, { ...decision, ...change })
    }
    // The oldest were set first.
    for (const story of newest.keys()) {
      if (newest.size <= NEWEST) break
      newest.delete(story)
    }
    for (const notice of notices) {
      add(notice.at, 'notices')
      told(notice)
    }
  }

  for (const together of arrivals) {
    const now = Math.max(...together.map(({ at }) => at))
    if (now < before) {
      // The clock was set back.
      alert.tick(now)
      take()
    }
    tickUntil(alert, now, take)
    before = now
    for (const arrival of together) {
      alert.arrive(arrival, { now })
      add(arrival.at, 'hits')
      if (++steps % STEP === 0) yield
    }
    take()
  }
  tickUntil(alert, until, take)
  const ascending = [...days].sort(([a], [b]) => a - b).map(([day, counts]) => ({ day, ...counts }))
  return { ...sum, days: ascending, newest }
}

/** Lets the clock tell what is due by a moment, each at its time. */
function tickUntil(alert: Decider, moment: number, take: () => void): void {
  for (let due = alert.due(); due !== null && due <= moment; due = alert.due()) {
    alert.tick(due)
    take()
  }
}
