import type { AlertSettings } from '../../api/contract/alertSettings.ts'
import { localDayReader } from '../localTime.ts'
import { publishedOf } from '../store/docid.ts'
import { type Decider, decider } from './decide/decider.ts'
import type { Decision, ToldNotice } from './decide/decision.ts'
import type { EventMark } from './decide/state.ts'

/** A story that an alert would have hit. */
export interface PastHit {
  readonly docid: number
  readonly event: number | null
}

/** What an alert would have done. */
export interface Simulation {
  readonly hits: number
  readonly notices: number
  /** By local day (days since 1970-01-01), ascending, days without any left out. */
  readonly days: readonly { readonly day: number; readonly hits: number; readonly notices: number }[]
  /** What was decided of the newest hits, by docid. */
  readonly newest: ReadonlyMap<number, Decision>
}

const NEWEST = 20
/** Hits between two yields: some milliseconds. */
const STEP = 500

/**
 * What an alert would have told had it been there all the time: each story arrives when it was published, one by one, and the
 * clock ticks whenever the alert asks for it. The decisions are those of `decider`, as they are live. Yields from time to time.
 * @param hits in the order of their docids, which is that of publication
 * @param from days before this moment (epoch ms) are left out of the answer: they are history
 * @param until epoch ms: what is due by then is told
 */
export function* simulate(
  settings: AlertSettings,
  hits: readonly PastHit[],
  around: {
    timeZone: string
    gaps: (first: number, last: number) => ReadonlySet<number>
    from: number
    until: number
  },
): Generator<void, Simulation> {
  const { timeZone, gaps, from, until } = around
  const dayOf = localDayReader(timeZone)
  const marks = new Map<number, EventMark>()
  const alert = decider(settings, null, { timeZone, marks, gaps, sources: () => '' })
  const days = new Map<number, { hits: number; notices: number }>()
  const newest = new Map<number, Decision>()
  const first = hits.length - NEWEST
  let sum = { hits: 0, notices: 0 }

  function add(moment: number, what: 'hits' | 'notices'): void {
    if (moment < from) return
    const day = dayOf(moment)
    const one = days.get(day) ?? { hits: 0, notices: 0 }
    one[what]++
    days.set(day, one)
    sum = { ...sum, [what]: sum[what] + 1 }
  }

  function take(): void {
    const { decisions, changes, notices } = alert.take()
    for (const [docid, decision] of decisions) if (newest.has(docid)) newest.set(docid, decision)
    for (const [docid, change] of changes) {
      const decision = newest.get(docid)
      if (decision !== undefined) newest.set(docid, { ...decision, ...change })
    }
    for (const { at } of notices satisfies readonly ToldNotice[]) add(at, 'notices')
  }

  for (const [i, { docid, event }] of hits.entries()) {
    const at = publishedOf(docid)
    tickUntil(alert, at, take)
    if (i >= first) newest.set(docid, WAITING)
    alert.arrive({ story: docid, event, source: 0, published: at, at, isFirstFetch: false })
    take()
    add(at, 'hits')
    if (i % STEP === STEP - 1) yield
  }
  tickUntil(alert, until, take)
  const ascending = [...days].sort(([a], [b]) => a - b).map(([day, counts]) => ({ day, ...counts }))
  return { ...sum, days: ascending, newest }
}

/** Until it is decided. */
const WAITING: Decision = {
  outcome: 'counted',
  at: 0,
  age: 0,
  horizon: 0,
  trigger: 'each',
  gates: {},
  key: null,
  told: null,
}

/** Lets the clock tell what is due by a moment, each at its time. */
function tickUntil(alert: Decider, moment: number, take: () => void): void {
  for (let due = alert.due(); due !== null && due <= moment; due = alert.due()) {
    alert.tick(due)
    take()
  }
}
