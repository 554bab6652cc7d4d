import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextPoll, type PollState } from './schedule.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.UTC(2025, 4, 8, 12)

/** So many stories, one every so often, the newest one interval ago. */
const every = (ms: number, count = 60): number[] =>
  Array.from({ length: count }, (_, i) => now - (i + 1) * ms)

const good: PollState = {
  now,
  published: every(hour),
  feedMinutes: null,
  maxAge: null,
  retryAt: null,
  failures: 0,
  random: () => 0,
}
const wait = (state: Partial<PollState>): number => (nextPoll({ ...good, ...state }).at - now) / minute
const why = (state: Partial<PollState>): string => nextPoll({ ...good, ...state }).why

describe('after a good fetch', () => {
  test('a source is polled twice as often as its stories come', () => {
    expect(wait({ published: every(hour) })).toBe(30)
    expect(why({ published: every(hour) })).toBe('every 30 min: a story usually comes every 60 min')
  })

  test('a wire is polled every five minutes and not more often', () => {
    expect(wait({ published: every(2 * minute) })).toBe(5)
  })

  test('stories of one batch count as one moment', () => {
    const batches = every(6 * hour).flatMap((at) => [at, at - 1000, at - 2000, at - 3000])
    expect(wait({ published: batches })).toBe(180)
  })

  test('the longer a source is quiet, the longer the wait, up to a day', () => {
    const quietFor = (ms: number): number[] => every(10 * minute).map((at) => at - ms)
    expect(wait({ published: quietFor(2 * day) })).toBeCloseTo(120, 0)
    expect(why({ published: quietFor(2 * day) })).toBe('every 2 h: no story for 2 days')
    expect(wait({ published: quietFor(400 * day) })).toBe(24 * 60)
  })

  test('a source without a history is polled every hour', () => {
    expect(wait({ published: [] })).toBe(60)
    expect(why({ published: [] })).toBe('every 60 min: too few stories yet to know its rhythm')
  })

  test('what the feed or the server asks for is a lower bound', () => {
    expect(wait({ feedMinutes: 120 })).toBe(120)
    expect(why({ feedMinutes: 120 })).toBe('every 2 h: the feed asks for it')
    expect(wait({ feedMinutes: 1 })).toBe(30)
    expect(wait({ maxAge: 2 * 3600 })).toBe(120)
    expect(why({ maxAge: 2 * 3600 })).toBe("every 2 h: the server's Cache-Control asks for it")
    expect(wait({ published: [], feedMinutes: 7 * 24 * 60 })).toBe(24 * 60)
  })

  test('a wish so long that stories would fall out of the feed is met only in part', () => {
    const busy = every(10 * minute)
    expect(wait({ published: busy, feedMinutes: 24 * 60 })).toBe(90)
    expect(why({ published: busy, feedMinutes: 24 * 60 })).toBe(
      'every 90 min: the feed asks for 24 h, but stories could be lost by then',
    )
  })

  test('a story dated in the future does not disturb the rhythm', () => {
    expect(wait({ published: [now + 30 * day, ...every(hour)] })).toBe(30)
  })

  test('sources drift apart, later and not earlier than they should be polled', () => {
    expect(wait({ random: () => 1 })).toBeCloseTo(33)
  })
})

describe('after a failed fetch', () => {
  test('the wait doubles from five minutes to a day', () => {
    const waits = [1, 2, 3, 4, 8, 9, 10, 1000].map((failures) => wait({ failures }))
    expect(waits).toEqual([5, 10, 20, 40, 640, 1280, 1440, 1440])
    expect(why({ failures: 4 })).toBe('in 40 min: 4 fetches in a row failed')
  })

  test('jitter draws it out by up to half', () => {
    expect(wait({ failures: 4, random: () => 1 })).toBe(60)
  })

  test('never before the moment the server named, unless that is more than a day away', () => {
    const retryAt = now + 90 * minute
    expect(wait({ failures: 1, retryAt })).toBe(90)
    expect(why({ failures: 1, retryAt })).toBe(
      'in 90 min: the server asked to wait that long; the last fetch failed',
    )
    expect(wait({ failures: 1, retryAt: now + 9 * day })).toBe(24 * 60)
    expect(wait({ failures: 3, retryAt: now - hour })).toBe(20)
  })
})

test('whatever a source did, it is polled again between five minutes and a day from now, for a stated reason', () => {
  const state = fc.record({
    published: fc
      .array(fc.integer({ min: now - 5000 * day, max: now + 100 * day }))
      .map((moments) => moments.sort((a, b) => b - a)),
    feedMinutes: fc.option(fc.integer({ min: -5, max: 1e9 })),
    maxAge: fc.option(fc.integer({ min: 0, max: 1e12 })),
    retryAt: fc.option(fc.integer({ min: now - day, max: now + 1000 * day })),
    failures: fc.nat(2000),
    random: fc.double({ min: 0, max: 1, noNaN: true }).map((r) => () => r),
  })
  fc.assert(
    fc.property(state, (generated) => {
      const next = nextPoll({ ...generated, now })
      expect(next.at - now).toBeGreaterThanOrEqual(5 * minute)
      expect(next.at - now).toBeLessThanOrEqual(day)
      expect(Number.isInteger(next.at)).toBe(true)
      expect(next.why).toMatch(/^(every|in) \d+ (min|h): \S/)
      const { retryAt } = generated
      if (retryAt !== null && retryAt > now && retryAt - now < day)
        expect(next.at).toBeGreaterThanOrEqual(retryAt)
    }),
  )
})
