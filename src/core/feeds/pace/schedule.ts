import { median } from '../../median.ts'
import { duration } from './duration.ts'
import { gaps } from './rhythm.ts'

const minute = 60_000
const shortest = 5 * minute
const longest = 24 * 60 * minute

/** The newest gaps that the rhythm is computed from: enough to level out a burst, few enough to follow a change. */
const recent = 50
const needed = 3
const unknownRhythm = 60 * minute
/** Feeds hold ten items or more: a wait in which no more than that are published loses none. */
const windowOfFeed = 10

export interface PollState {
  /** Epoch ms. */
  readonly now: number
  /** Epoch ms of the source's stories, newest first; the newest 100 are enough. */
  readonly published: readonly number[]
  /** Minutes between polls that the feed states (ttl, sy:), or null. */
  readonly feedMinutes: number | null
  /** Seconds for which the answer is fresh (Cache-Control), or null. */
  readonly maxAge: number | null
  /** Epoch ms before which the server wants no request (Retry-After), or null. */
  readonly retryAt: number | null
  /** Fetches that failed in a row; 0 after a good one. */
  readonly failures: number
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/**
 * The time of a source's next poll, 5 minutes to 24 hours from now, and the reason in words.
 *
 * After a good fetch: half the usual time between the source's stories, so that one seldom arrives late; longer the longer
 * the source has been quiet (a twenty-fourth of the silence). The interval that the feed (ttl, sy:) or the server
 * (Cache-Control) states is a lower bound, unless the stories published meanwhile would not fit into a feed: losing stories is
 * worse. After a failed one: 5 minutes, doubled with each further failure. So that sources do not fall into step, jitter adds
 * up to a tenth to a wait, up to half after a failure. Never before the moment of Retry-After.
 */
export function nextPoll(state: PollState): { at: number; why: string } {
  const { now, retryAt, failures, random } = state
  const retryWait = retryAt !== null && retryAt > now ? Math.min(retryAt - now, longest) : 0
  if (failures > 0) {
    const backOff = Math.min(shortest * 2 ** Math.min(failures - 1, 20), longest)
    const wait = Math.max(within(withJitter(backOff, 0.5, random)), retryWait)
    const count = failures === 1 ? 'the last fetch failed' : `${failures} fetches in a row failed`
    const why = retryWait >= wait ? `the server asked to wait that long; ${count}` : count
    return { at: now + wait, why: `in ${duration(wait)}: ${why}` }
  }
  const { wait, why } = pace(state)
  const at = now + Math.max(within(withJitter(wait, 0.1, random)), retryWait)
  return retryWait > wait
    ? { at, why: `in ${duration(retryWait)}: the server asked to wait that long` }
    : { at, why: `every ${duration(wait)}: ${why}` }
}

function pace({ now, published, feedMinutes, maxAge }: PollState): { wait: number; why: string } {
  const past = published.filter((at) => at <= now)
  const newest = past[0]
  const between = gaps(past, now).slice(0, recent)

  let wait = unknownRhythm
  let why = 'too few stories yet to know its rhythm'
  if (between.length >= needed) {
    const usual = median(between)
    wait = usual / 2
    why = `a story usually comes every ${duration(usual)}`
  }
  if (newest !== undefined && (now - newest) / 24 > wait) {
    wait = (now - newest) / 24
    why = `no story for ${duration(now - newest)}`
  }
  wait = within(wait)

  const tenth = past[windowOfFeed - 1]
  const safe = newest === undefined || tenth === undefined ? longest : Math.max(newest - tenth, now - newest)
  const lowerBounds = [
    { ms: (feedMinutes ?? 0) * minute, whose: 'the feed asks for' },
    { ms: (maxAge ?? 0) * 1000, whose: "the server's Cache-Control asks for" },
  ]
  for (const { ms, whose } of lowerBounds) {
    const bound = Math.min(ms, safe, longest)
    if (bound <= wait) continue
    wait = bound
    why = bound < ms ? `${whose} ${duration(ms)}, but stories could be lost by then` : `${whose} it`
  }
  return { wait, why }
}

const within = (ms: number): number => Math.min(Math.max(Math.round(ms), shortest), longest)

const withJitter = (ms: number, share: number, random: () => number): number => ms * (1 + share * random())
