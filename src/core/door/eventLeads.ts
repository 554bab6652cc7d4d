import { median } from '../median.ts'

/** How early a bloc tells what others tell too. */
export interface Lead {
  /** How many events it and another bloc tell. */
  readonly shared: number
  /** Those of them that it told first, or at the same moment as the first, ascending. */
  readonly ahead: readonly number[]
  /** How long it is behind the first on those events, in ms: the median; null where it shares none. */
  readonly lag: number | null
}

/** Events that are looked at before others work. */
const STEP = 10_000

/** @param told of each bloc the moment (epoch ms) at which it first told of each event */
export function* leadsOf(
  told: ReadonlyMap<string, ReadonlyMap<number, number>>,
): Generator<void, Map<string, Lead>> {
  const begun = new Map<number, { at: number; blocs: number }>()
  let looked = 0
  for (const events of told.values())
    for (const [event, at] of events) {
      const known = begun.get(event)
      if (known === undefined) begun.set(event, { at, blocs: 1 })
      else {
        known.at = Math.min(known.at, at)
        known.blocs++
      }
      if (++looked % STEP === 0) yield
    }
  const leads = new Map<string, Lead>()
  for (const [bloc, events] of told) {
    const ahead: number[] = []
    const lags: number[] = []
    for (const [event, at] of events) {
      if (++looked % STEP === 0) yield
      const first = begun.get(event)
      if (first === undefined || first.blocs < 2) continue
      lags.push(at - first.at)
      if (at === first.at) ahead.push(event)
    }
    ahead.sort((a, b) => a - b)
    leads.set(bloc, { shared: lags.length, ahead, lag: lags.length === 0 ? null : median(lags) })
  }
  return leads
}
