import { duration } from './duration.ts'
import { gaps, median } from './rhythm.ts'

const minute = 60_000
const shortest = 5 * minute
const longest = 24 * 60 * minute

/** So many of the newest gaps make the rhythm: enough to level out a burst, few enough to follow a change. */
const recent = 50
const needed = 3
const unknownRhythm = 60 * minute
/** Feeds hold ten items or more: a wait within which so many come loses none of them. */
const windowOfFeed = 10

export interface PollState {
  /** Epoch ms. */
  readonly now: number
  /** Epoch ms of the source's stories, newest first; the newest 100 are enough. */
  readonly published: readonly number[]
  /** Minutes between polls as the feed asks (ttl, sy:), or null. */
  readonly feedMinutes: number | null
  /** Seconds the server calls its answer fresh, or null. */
  readonly maxAge: number | null
  /** Epoch ms before which the server does not want to be asked (Retry-After), or null. */
  readonly retryAt: number | null
  /** Fetches that failed in a row; 0 after a good one. */
  readonly failures: number
  /** 0 … 1, evenly spread. */
  readonly random: () => number
}

/**
 * When to ask a source again, 5 minutes to 24 hours from now, and why then, in words.
 *
 * After a good fetch: half the usual time between the source's stories, so that one is seldom seen late; longer the longer
 * it has been quiet (a twenty-fourth of the silence). What the feed (ttl, sy:) or the server (Cache-Control) asks for is a
 * lower bound, unless at the source's own pace the stories in between would not fit into a feed: losing stories is worse.
 * After a failed one: 5 minutes, doubled with each further failure. So that sources do not fall into step, a wait is drawn
 * out by up to a tenth, a failure's by up to half. Never before the moment the server named.
 */
export function nextPoll(state: PollState): { at: number; why: string } {
  const { now, retryAt, failures, random } = state
  const asked = retryAt !== null && retryAt > now ? Math.min(retryAt - now, longest) : 0
  if (failures > 0) {
    const backOff = Math.min(shortest * 2 ** Math.min(failures - 1, 20), longest)
    const wait = Math.max(within(drawnOut(backOff, 0.5, random)), asked)
    const count = failures === 1 ? 'the last fetch failed' : `${failures} fetches in a row failed`
    const why = asked >= wait ? `the server asked to wait that long; ${count}` : count
    return { at: now + wait, why: `in ${duration(wait)}: ${why}` }
  }
  const { wait, why } = pace(state)
  const at = now + Math.max(within(drawnOut(wait, 0.1, random)), asked)
  return asked > wait
    ? { at, why: `in ${duration(asked)}: the server asked to wait that long` }
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
  const wishes = [
    { ms: (feedMinutes ?? 0) * minute, whose: 'the feed asks for' },
    { ms: (maxAge ?? 0) * 1000, whose: "the server's Cache-Control asks for" },
  ]
  for (const { ms, whose } of wishes) {
    const heard = Math.min(ms, safe, longest)
    if (heard <= wait) continue
    wait = heard
    why = heard < ms ? `${whose} ${duration(ms)}, but stories could be lost by then` : `${whose} it`
  }
  return { wait, why }
}

const within = (ms: number): number => Math.min(Math.max(Math.round(ms), shortest), longest)

const drawnOut = (ms: number, share: number, random: () => number): number => ms * (1 + share * random())
