import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { AlertSettings } from '../../api/contract/alertSettings.ts'
import { localDay } from '../localTime.ts'
import { Problem } from '../problem.ts'
import { publishedOf } from '../store/docid.ts'
import { ALL_STORIES } from '../store/tags.ts'
import type { Arrival } from './decide/decider.ts'
import type { Decision, ToldNotice } from './decide/decision.ts'
import { type KeptNotice, type Replay, replay, type Told } from './fixtures/replay.ts'
import { simulate } from './simulate.ts'

// On a machine that is busy with the rest of the check.
vi.setConfig({ testTimeout: 120_000 })

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Runs of each property: `RUNS=20 npx vitest …` makes twenty times as many. */
const RUNS = Number(process.env.RUNS ?? 1)
/** The same cases in every run, as vitest.setup.ts has them. */
const seed = Number(process.env.WIREWATCH_SEED ?? 20_250_509)

const time = fc.constantFrom('00:00', '01:30', '02:30', '03:00', '07:00', '12:00', '22:00', '23:59')
const trigger: fc.Arbitrary<AlertSettings['trigger']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'each' as const }) },
  fc.record({
    kind: fc.constant('digest' as const),
    at: fc.uniqueArray(time, { maxLength: 2 }),
    on: fc.uniqueArray(fc.constantFrom('mon' as const, 'sat' as const, 'sun' as const), { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('threshold' as const),
    rule: fc.oneof(
      fc.record({
        by: fc.constant('count' as const),
        count: fc.integer({ min: 1, max: 4 }),
        of: fc.constantFrom('events' as const, 'stories' as const),
        windowMs: fc.constantFrom(HOUR, 5 * HOUR),
      }),
      fc.record({ by: fc.constant('share' as const), percent: fc.constantFrom(50, 200) }),
    ),
  }),
  fc.constant({ kind: 'spike' as const }),
  fc.record({ kind: fc.constant('silence' as const), forMs: fc.constantFrom(HOUR, 8 * HOUR) }),
)
const settings: fc.Arbitrary<AlertSettings> = fc.record({
  trigger,
  collapse: fc.constantFrom('event' as const, 'none' as const),
  growth: fc.boolean(),
  cooldownMs: fc.constantFrom(0, 0, HOUR, 7 * HOUR),
  capPerHour: fc.constantFrom(null, null, 1, 3),
  quiet: fc.option(fc.record({ from: time, to: time })),
  horizonMs: fc.constantFrom(HOUR, 48 * HOUR),
  priority: fc.constantFrom(1, 3, 5),
})
/** Places and times at which the clock is set forward and back (Lord Howe: by half an hour). */
const place = fc.constantFrom(
  { timeZone: 'Europe/Berlin', start: Date.UTC(2025, 9, 25, 12) },
  { timeZone: 'Europe/Berlin', start: Date.UTC(2025, 2, 29, 12) },
  { timeZone: 'Australia/Lord_Howe', start: Date.UTC(2025, 3, 5, 6) },
  { timeZone: 'America/New_York', start: Date.UTC(2025, 10, 1, 20) },
  { timeZone: 'UTC', start: Date.UTC(2025, 5, 1) },
)
/** Whole seconds, as docids have them. */
const gap = fc.oneof(
  fc.constantFrom(0, SECOND, MINUTE),
  fc.integer({ min: 1, max: 100 }).map((minutes) => minutes * MINUTE),
  fc.integer({ min: 1, max: 40 * 3600 }).map((seconds) => seconds * SECOND),
  fc.constant(7 * DAY),
)
const story = fc.record({
  event: fc.integer({ min: 1, max: 6 }),
  source: fc.nat({ max: 2 }),
  hits: fc.boolean().map((no) => !no),
  wire: fc.option(fc.nat({ max: 1 }), { nil: undefined, freq: 3 }),
})

/** The days without any story, as alerts and the back-test ask for them. */
const gapsOf =
  ({ stores: { counts } }: Replay) =>
  (first: number, last: number): ReadonlySet<number> =>
    new Set(counts.daily(ALL_STORIES, first, last).flatMap((n, i) => (n === 0 ? [first + i] : [])))

function simulated(
  settings: AlertSettings,
  arrivals: readonly (readonly Arrival[])[],
  around: { timeZone: string; gaps: ReturnType<typeof gapsOf>; since: number; until: number },
) {
  const notices: ToldNotice[] = []
  const steps = simulate(settings, arrivals, { ...around, from: 0, told: (one) => notices.push(one) })
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return { ...value, told: notices }
  }
}

const written = (settings: AlertSettings): string => JSON.stringify(settings)

const shaped = ({ key, at, stories }: Pick<ToldNotice, 'key' | 'at' | 'stories'>): KeptNotice => ({
  key,
  at,
  stories: [...stories].sort((a, b) => a - b),
})

test('a back-test is the live alert over the same arrivals', () => {
  const arriving = fc.record({ gap, story, undated: fc.boolean() })
  const triggers = new Set<string>()
  fc.assert(
    fc.property(
      place,
      fc.array(settings, { minLength: 4, maxLength: 7 }),
      // Weeks with little, and then much on the same weekday.
      fc.constantFrom(0, 4, 6),
      fc.nat({ max: 14 }),
      fc.array(arriving, { minLength: 1, maxLength: 20 }),
      ({ timeZone, start }, random, weeks, burst, stories) => {
        const all = [...random, { ...random[0], trigger: { kind: 'spike' as const } } as AlertSettings]
        const live = replay(all.map(written), { timeZone, now: start })
        let now = start
        let hits = 0
        const arrive = (one: Omit<Told, 'published'>, undated: boolean): void => {
          live.moveTo(now)
          live.take([{ ...one, published: undated ? null : now }])
          if (one.hits) hits++
        }
        for (let week = 0; week < weeks; week++, now += 7 * DAY)
          for (const event of [100 + week, 200 + week]) arrive({ event, source: 0, hits: true }, false)
        for (let n = 0; n < burst; n++, now += SECOND) arrive({ event: 50, source: 1, hits: true }, false)
        for (const { gap, story, undated } of stories) {
          now += gap
          arrive(story, undated)
        }
        live.restart()
        const until = now + 10 * DAY
        live.moveTo(until)
        const arrivals = live.db
          .prepare(
            'SELECT story.id, docid FROM story JOIN hit ON story_id = story.id WHERE alert_id = ? ORDER BY docid',
          )
          .all(live.alerts[0]) as { id: number; docid: number }[]
        const events = new Map(live.stores.events.ofAll(arrivals.map(({ docid }) => docid)))
        const alone = arrivals.map(({ id, docid }): readonly Arrival[] => {
          const at = publishedOf(docid)
          const event = events.get(docid) ?? null
          return [{ story: id, event, source: 0, published: at, at, isFirstFetch: false }]
        })
        for (const [n, one] of all.entries()) {
          const tested = simulated(one, alone, {
            timeZone,
            gaps: gapsOf(live),
            since: localDay(start, timeZone),
            until,
          })
          expect(tested.told.map(shaped)).toEqual(live.notices(live.alerts[n] as number))
          expect(tested.hits).toBe(hits)
          for (const { trigger } of tested.told) triggers.add(trigger)
        }
        live.close()
      },
    ),
    { numRuns: 8 * RUNS, seed },
  )
  expect([...triggers].sort()).toEqual(['digest', 'each', 'silence', 'spike', 'threshold'])
})

test('so it is of stories as they came: late, together, with first fetches, by a clock that is set, under restarts', () => {
  const late = fc.constantFrom(0, 0, MINUTE, 2 * HOUR, 3 * DAY)
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('take' as const),
        wait: fc.oneof(gap, fc.constantFrom(-MINUTE, -5 * HOUR, -30 * DAY)),
        stories: fc.array(fc.record({ story, late }), { minLength: 1, maxLength: 4 }),
      }),
    },
    fc.record({ do: fc.constant('fail' as const), stories: fc.array(story, { minLength: 1, maxLength: 2 }) }),
    fc.record({ do: fc.constant('restart' as const) }),
  )
  fc.assert(
    fc.property(
      place,
      fc.array(settings, { minLength: 4, maxLength: 8 }),
      fc.array(step, { minLength: 1, maxLength: 25 }),
      ({ timeZone, start }, all, steps) => {
        const live = replay(all.map(written), { timeZone, now: start, isKnown: false })
        const arrivals: Arrival[][] = []
        const fetched = new Set<number>()
        let now = start
        for (const one of steps) {
          if (one.do === 'restart') live.restart()
          else if (one.do === 'fail') live.fail(one.stories.map((story) => ({ ...story, published: now })))
          else {
            now += one.wait
            live.moveTo(now)
            // One hits, so that the back-test knows what the clock showed.
            const told = one.stories.map(
              ({ story, late }, i): Told => ({
                ...story,
                hits: story.hits || i === 0,
                published: now - late,
              }),
            )
            const ids = live.take(told)
            const hits = told.flatMap(({ hits, source, published }, i): Arrival[] => {
              const story = ids[i] as number
              const event = live.stores.events.ofStory(story)
              const isFirstFetch = !fetched.has(source)
              return hits ? [{ story, event, source, published: published ?? 0, at: now, isFirstFetch }] : []
            })
            for (const { source } of told) fetched.add(source)
            if (hits.length > 0) arrivals.push(hits)
          }
        }
        const until = now + 10 * DAY
        live.moveTo(until)
        for (const [n, one] of all.entries()) {
          // What is known of earlier days hangs on what had come by then.
          if (one.trigger.kind === 'spike' || one.trigger.kind === 'threshold') continue
          const tested = simulated(one, arrivals, {
            timeZone,
            gaps: gapsOf(live),
            since: localDay(start, timeZone),
            until,
          })
          expect(tested.told.map(shaped)).toEqual(live.notices(live.alerts[n] as number))
        }
        live.close()
      },
    ),
    { numRuns: 8 * RUNS, seed },
  )
})

test('nothing is told twice and nothing is lost, whatever happens', () => {
  const nth = fc.nat({ max: 30 })
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('take' as const),
        stories: fc.array(
          fc.record({
            story,
            late: fc.constantFrom(0, MINUTE, 3 * DAY),
            merges: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 1 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        isGathering: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), gap }) },
    fc.record({ do: fc.constant('back' as const), ms: fc.constantFrom(MINUTE, 3 * HOUR, 400 * DAY) }),
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('gather' as const), most: fc.constantFrom(1, 100) }),
    },
    fc.record({ do: fc.constant('change' as const), nth, hits: fc.boolean() }),
    fc.record({ do: fc.constant('fail' as const), story }),
    fc.record({
      do: fc.constant('restart' as const),
      timeZone: fc.constantFrom(undefined, 'Asia/Kathmandu', 'America/New_York'),
    }),
    fc.record({ do: fc.constant('merge' as const), nth, other: nth }),
    fc.record({ do: fc.constant('split' as const), nth }),
    fc.record({ do: fc.constant('take out' as const), nth }),
  )
  fc.assert(
    fc.property(
      place,
      fc.array(settings, { minLength: 3, maxLength: 6 }),
      fc.array(step, { minLength: 1, maxLength: 30 }),
      ({ timeZone, start }, all, steps) => {
        const live = replay(all.map(written), { timeZone, now: start, isKnown: false })
        const { events } = live.stores
        const ids: number[] = []
        const storyAt = (nth: number): number => ids[nth % Math.max(1, ids.length)] ?? 0
        let latest = start
        const checks = live.alerts.map((alert, n) => tellsOnce(live, alert, all[n] as AlertSettings))
        let now = start
        for (const one of steps) {
          if (one.do === 'take')
            ids.push(
              ...live.take(
                one.stories.map(({ story, late, merges }) => ({ ...story, merges, published: now - late })),
                one.isGathering,
              ),
            )
          else if (one.do === 'wait' || one.do === 'back') {
            now += one.do === 'wait' ? one.gap : -one.ms
            live.moveTo(now)
            latest = Math.max(latest, now)
          } else if (one.do === 'gather') live.gather(one.most)
          else if (one.do === 'change') live.change(storyAt(one.nth), one.hits)
          else if (one.do === 'fail') live.fail([{ ...one.story, published: now }])
          else if (one.do === 'restart') live.restart(one.timeZone)
          else
            try {
              const event = events.ofStory(storyAt(one.nth)) ?? 0
              if (one.do === 'merge') live.correcting.merge(event, events.ofStory(storyAt(one.other)) ?? 0)
              else if (one.do === 'take out') live.correcting.takeOut(storyAt(one.nth))
              else live.correcting.split(event, ids.slice(0, one.nth))
            } catch (error) {
              // There is nothing to correct in such a way.
              if (!(error instanceof Problem)) throw error
            }
          for (const check of checks) check(one.do)
        }
        // Beyond whatever the clock has shown.
        live.moveTo(Math.max(now, latest) + 100 * DAY)
        for (const check of checks) check('wait')
        for (const [n, alert] of live.alerts.entries()) isWhole(live, alert, all[n] as AlertSettings)
        live.close()
      },
    ),
    { numRuns: 15 * RUNS, seed },
  )
})

/** No story is told twice, and no event, as far as it is known at that moment to be the same. */
function tellsOnce(live: Replay, alert: number, { trigger, collapse, growth }: AlertSettings) {
  let seen = 0
  const told = new Set<number>()
  return (step: string): void => {
    const eventOf = (story: number): number | null => live.stores.events.ofStory(story)
    const known = new Set([...told].map(eventOf))
    const fresh = live.notices(alert).slice(seen)
    seen += fresh.length
    for (const { key, stories } of fresh) {
      for (const story of stories) {
        expect(told.has(story), `${key} tells story ${story} again, by ${step}`).toBe(false)
        told.add(story)
        const event = eventOf(story)
        const once = collapse === 'event' && !growth && (trigger.kind === 'each' || trigger.kind === 'digest')
        if (once && event !== null)
          expect(known.has(event), `${key} tells event ${event} again, by ${step}`).toBe(false)
      }
      for (const story of stories) known.add(eventOf(story))
    }
  }
}

/** Each hit is decided in the end, and told where that was decided. */
function isWhole(live: Replay, alert: number, { trigger }: AlertSettings): void {
  const notices = live.notices(alert)
  const hits = live.db
    .prepare('SELECT story_id AS story, decision FROM hit WHERE alert_id = ?')
    .all(alert) as { story: number; decision: string }[]
  const keys = new Set(notices.map(({ key }) => key))
  const ends = ['told', 'collapsed', 'old']
  if (trigger.kind === 'threshold' || trigger.kind === 'spike' || trigger.kind === 'silence')
    ends.push('counted')
  for (const { story, decision } of hits) {
    const { outcome, key } = JSON.parse(decision) as Decision
    expect(ends, `story ${story}: ${decision}`).toContain(outcome)
    const tells = notices.filter(({ stories }) => stories.includes(story)).map((notice) => notice.key)
    expect(tells).toEqual(outcome === 'told' ? [key] : [])
    if (outcome === 'collapsed') expect(keys).toContain(key)
  }
}
