import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AlertSettings } from '../../../api/contract/alertSettings.ts'
import { DEFAULTS } from '../settings.ts'
import { type Decider, decider, type Surroundings } from './decider.ts'
import type { Decision, ToldNotice } from './decision.ts'
import { quietUntil } from './schedule.ts'
import type { EventMark } from './state.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 10, 25, 12)

/** An alert in memory: all it told, and what became of each hit. */
class Desk {
  readonly marks = new Map<number, EventMark>()
  readonly notices: ToldNotice[] = []
  readonly hits = new Map<number, Decision>()
  settings: AlertSettings
  decider: Decider
  constructor(settings: Partial<AlertSettings>) {
    this.settings = { ...DEFAULTS, ...settings }
    this.decider = decider(this.settings, null, this.around())
  }
  around(): Surroundings {
    return { timeZone: 'UTC', marks: this.marks, gaps: () => new Set(), sources: () => '' }
  }
  /** Written down and read again, with other settings where they are given. */
  restart(settings: Partial<AlertSettings> = {}): void {
    const state = JSON.parse(JSON.stringify(this.decider.state))
    const marks = JSON.parse(JSON.stringify([...this.marks]))
    this.marks.clear()
    for (const [event, mark] of marks) this.marks.set(event, mark)
    this.settings = { ...this.settings, ...settings }
    this.decider = decider(this.settings, state, this.around())
  }
  take(): void {
    const { decisions, changes, notices } = this.decider.take()
    for (const [story, decision] of decisions) this.hits.set(story, decision)
    for (const [story, change] of changes)
      this.hits.set(story, { ...(this.hits.get(story) as Decision), ...change })
    this.notices.push(...notices)
  }
  hit(
    story: number,
    event: number | null,
    at: number,
    more: { published?: number; first?: number } = {},
  ): void {
    const { published = at, first } = more
    this.decider.arrive({
      story,
      event,
      at,
      published,
      source: first ?? 1,
      isFirstFetch: first !== undefined,
    })
  }
  /** Hits that come one by one. */
  hits1(...hits: [story: number, event: number | null, at: number][]): void {
    for (const [story, event, at] of hits) {
      this.hit(story, event, at)
      this.take()
    }
  }
  /** Lets the clock tell all that becomes due by a moment. */
  until(moment: number): void {
    for (let due = this.decider.due(); due !== null && due <= moment; due = this.decider.due()) {
      this.decider.tick(due)
      this.take()
    }
    this.decider.tick(moment)
    this.take()
  }
  get told(): unknown[] {
    return this.notices.map(({ key, stories, at }) => [key, [...stories], (at - NOON) / MINUTE])
  }
  outcome = (story: number): string | undefined => this.hits.get(story)?.outcome
}

describe('each match', () => {
  test('one notice for an event; later stories of it are collapsed into that', () => {
    const desk = new Desk({})
    desk.hits1([1, 7, NOON], [2, 8, NOON + MINUTE], [3, 7, NOON + 2 * MINUTE])
    expect(desk.told).toEqual([
      ['event:7', [1], 0],
      ['event:8', [2], 1],
    ])
    expect(desk.hits.get(3)).toMatchObject({ outcome: 'collapsed', key: 'event:7' })
  })
  test('what arrives in one transaction is told together; a story without an event alone', () => {
    const desk = new Desk({})
    desk.hit(1, 7, NOON)
    desk.hit(2, 7, NOON)
    desk.hit(3, null, NOON)
    desk.take()
    expect(desk.told).toEqual([
      ['event:7', [1, 2], 0],
      ['story:3', [3], 0],
    ])
  })
  test('each story where nothing is collapsed', () => {
    const desk = new Desk({ collapse: 'none' })
    desk.hits1([1, 7, NOON], [2, 7, NOON])
    expect(desk.told).toEqual([
      ['story:1', [1], 0],
      ['story:2', [2], 0],
    ])
  })
  test('growth is told once more where it is asked for, when the hits have doubled', () => {
    const hits = Array.from(
      { length: 12 },
      (_, i) => [i + 1, 7, NOON + i * MINUTE] as [number, number, number],
    )
    const asked = new Desk({ growth: true })
    asked.hits1(...hits)
    expect(asked.told).toEqual([
      ['event:7', [1], 0],
      ['event:7:grown', [4], 3],
    ])
    const not = new Desk({})
    not.hits1(...hits)
    expect(not.told).toEqual([['event:7', [1], 0]])
  })
  test('a story older than the horizon is no news; one as old as it is', () => {
    const desk = new Desk({ horizonMs: 48 * HOUR })
    desk.hit(1, 7, NOON, { published: NOON - 48 * HOUR - 1 })
    desk.hit(2, 7, NOON, { published: NOON - 48 * HOUR })
    desk.take()
    expect(desk.hits.get(1)).toMatchObject({ outcome: 'old', horizon: 48 * HOUR, age: 48 * HOUR + 1 })
    expect(desk.told).toEqual([['event:7', [2], 0]])
  })
  test('a source’s first fetch is one notice, whatever events it tells of; they are told with it', () => {
    for (const collapse of ['event', 'none'] as const) {
      const desk = new Desk({ collapse })
      for (let story = 1; story <= 5; story++) desk.hit(story, story % 3, NOON, { first: 9 })
      desk.take()
      expect(desk.told).toEqual([['window:1', [1, 2, 3, 4, 5], 0]])
      // A large feed comes in by slices.
      desk.hit(7, 7, NOON + 1, { first: 9 })
      desk.take()
      expect(desk.hits.get(7)).toMatchObject({ outcome: 'collapsed', key: 'window:1' })
      desk.hits1([6, 1, NOON + MINUTE])
      expect(desk.outcome(6)).toBe(collapse === 'event' ? 'collapsed' : 'told')
    }
    const threshold = {
      kind: 'threshold',
      rule: { by: 'count', count: 2, of: 'stories', windowMs: HOUR },
    } as const
    const desk = new Desk({ trigger: threshold })
    for (let story = 1; story <= 8; story++) desk.hit(story, story, NOON, { first: 9 })
    desk.take()
    expect(desk.told).toEqual([['window:1', [1, 2, 3, 4, 5, 6, 7, 8], 0]])
  })
})

describe('what holds notices back', () => {
  test('a cooldown: what comes meanwhile is one notice at its end', () => {
    const desk = new Desk({ cooldownMs: 4 * HOUR })
    desk.hits1([1, 7, NOON], [2, 8, NOON + HOUR], [3, 9, NOON + 2 * HOUR], [4, 8, NOON + 2 * HOUR])
    expect(desk.hits.get(2)).toMatchObject({ outcome: 'held', gates: { cooldown: NOON + 4 * HOUR } })
    expect(desk.decider.due()).toBe(NOON + 4 * HOUR)
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([
      ['event:7', [1], 0],
      ['window:1', [2, 3, 4], 240],
    ])
    expect(desk.hits.get(4)).toMatchObject({ outcome: 'told', key: 'window:1', told: NOON + 4 * HOUR })
  })
  test('quiet hours, and a cooldown that ends within them', () => {
    const desk = new Desk({ cooldownMs: 4 * HOUR, quiet: { from: '14:00', to: '18:00' } })
    desk.hits1([1, 7, NOON + HOUR], [2, 8, NOON + HOUR + 1], [3, 9, NOON + 3 * HOUR])
    expect(desk.hits.get(2)?.gates).toEqual({ cooldown: NOON + 5 * HOUR })
    expect(desk.decider.due()).toBe(NOON + 6 * HOUR)
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([
      ['event:7', [1], 60],
      ['window:1', [2, 3], 360],
    ])
  })
  test('one event that was held keeps its own key, so that it is not told again', () => {
    const desk = new Desk({ quiet: { from: '11:00', to: '13:00' } })
    desk.hits1([1, 7, NOON], [2, 7, NOON + 1])
    desk.until(NOON + HOUR)
    desk.hits1([3, 7, NOON + 2 * HOUR])
    expect(desk.told).toEqual([['event:7', [1, 2], 60]])
    expect(desk.outcome(3)).toBe('collapsed')
  })
  test('a cap for an hour: the remainder is one notice', () => {
    const desk = new Desk({ capPerHour: 2 })
    for (let i = 0; i < 9; i++) desk.hits1([i + 1, i + 1, NOON + i * MINUTE])
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([
      ['event:1', [1], 0],
      ['event:2', [2], 1],
      ['window:1', [3, 4, 5, 6, 7, 8, 9], 60],
    ])
  })
  test('notices of a lower priority take no place from those of a higher', () => {
    const desk = new Desk({ capPerHour: 1, priority: 2 })
    desk.hits1([1, 1, NOON])
    desk.restart({ priority: 4 })
    desk.hits1([2, 2, NOON + 1], [3, 3, NOON + 2])
    expect(desk.notices.map(({ priority, key }) => [priority, key])).toEqual([
      [2, 'event:1'],
      [4, 'event:2'],
    ])
    expect(desk.hits.get(3)?.gates).toEqual({ cap: NOON + 1 + HOUR })
  })
  test('a machine that slept through the end tells when it wakes', () => {
    const desk = new Desk({ quiet: { from: '11:00', to: '13:00' } })
    desk.hits1([1, 1, NOON])
    desk.decider.tick(NOON + 5 * HOUR)
    desk.take()
    expect(desk.told).toEqual([['event:1', [1], 300]])
  })
  test('a machine that wakes in the next quiet hours waits for their end', () => {
    const desk = new Desk({ quiet: { from: '11:00', to: '13:00' } })
    desk.hits1([1, 1, NOON])
    desk.decider.tick(NOON + DAY)
    desk.take()
    expect(desk.told).toEqual([])
    expect(desk.decider.due()).toBe(NOON + DAY + HOUR)
  })
  test('a clock that was wrong by years holds nothing until then', () => {
    const future = NOON + 4 * 365 * DAY
    const desk = new Desk({ cooldownMs: 4 * HOUR, trigger: { kind: 'digest', at: ['07:00'], on: [] } })
    desk.hits1([1, 1, future])
    desk.until(NOON)
    expect(desk.decider.due()).toBe(NOON + 19 * HOUR)
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([['event:1', [1], 19 * 60]])
  })
})

describe('digests', () => {
  test('all of a day at its time, also in quiet hours at their end', () => {
    const desk = new Desk({
      trigger: { kind: 'digest', at: ['18:00'], on: [] },
      quiet: { from: '17:30', to: '19:00' },
    })
    desk.hits1([1, 1, NOON], [2, 2, NOON + HOUR], [3, 1, NOON + 2 * HOUR])
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([['window:1', [1, 2, 3], 420]])
    desk.hits1([4, 1, NOON + DAY], [5, 3, NOON + DAY])
    expect(desk.outcome(4)).toBe('collapsed')
    expect(desk.decider.due()).toBe(NOON + DAY + 7 * HOUR)
  })
})

describe('thresholds', () => {
  const threshold = (of: 'events' | 'stories'): AlertSettings['trigger'] => ({
    kind: 'threshold',
    rule: { by: 'count', count: 3, of, windowMs: HOUR },
  })
  test('three events within an hour; what fell out of the window does not count, what was told neither', () => {
    const desk = new Desk({ trigger: threshold('events') })
    desk.hits1([1, 1, NOON], [2, 2, NOON + HOUR], [3, 2, NOON + HOUR], [4, 3, NOON + HOUR + MINUTE])
    expect(desk.told).toEqual([])
    desk.hits1([5, 4, NOON + HOUR + 2 * MINUTE], [6, 4, NOON + HOUR + 3 * MINUTE])
    expect(desk.told).toEqual([['window:1', [2, 3, 4, 5], 62]])
    expect(desk.notices[0]?.words).toBe('3 events within 60 min.')
    expect([1, 6].map(desk.outcome)).toEqual(['counted', 'collapsed'])
  })
  test('three stories, of whatever event', () => {
    const desk = new Desk({ trigger: threshold('stories') })
    desk.hits1([1, 1, NOON], [2, 1, NOON], [3, 1, NOON])
    expect(desk.told).toEqual([['window:1', [1, 2, 3], 0]])
  })
  test('reached in quiet hours: told at their end, with its words', () => {
    const desk = new Desk({ trigger: threshold('stories'), quiet: { from: '11:00', to: '13:00' } })
    desk.hits1([1, 1, NOON], [2, 2, NOON], [3, 3, NOON])
    desk.until(NOON + HOUR)
    expect(desk.told).toEqual([['window:1', [1, 2, 3], 60]])
    expect(desk.notices[0]?.words).toBe('3 stories within 60 min.')
  })
  test('a share above what is expected of the weekday, once a day', () => {
    const desk = new Desk({ trigger: { kind: 'threshold', rule: { by: 'share', percent: 50 } } })
    let story = 0
    for (let week = 5; week >= 1; week--)
      for (let i = 0; i < 4; i++) desk.hits1([++story, story, NOON - week * 7 * DAY + i * MINUTE])
    expect(desk.told).toEqual([])
    for (let i = 0; i < 9; i++) desk.hits1([++story, story, NOON + i * MINUTE])
    expect(desk.told).toEqual([['spike:20782', [21, 22, 23, 24, 25, 26], 5]])
    expect(desk.notices[0]?.words).toBe('6, expected 4 ± 4 on Wednesdays over 5 weeks.')
  })
})

test('a spike is the dashboard’s, told once a day', () => {
  const desk = new Desk({ trigger: { kind: 'spike' } })
  let story = 0
  for (let week = 8; week >= 1; week--)
    for (let i = 0; i < 2; i++) desk.hits1([++story, story, NOON - week * 7 * DAY + i * MINUTE])
  for (let i = 0; i < 40; i++) desk.hits1([++story, story, NOON + i * MINUTE])
  expect(desk.notices.map(({ key, words, stories }) => [key, words, stories.length])).toEqual([
    ['spike:20782', '7, expected 2 ± 3 on Wednesdays over 8 weeks.', 7],
  ])
})

describe('silence', () => {
  const trigger = { kind: 'silence', forMs: 6 * HOUR } as const
  test('is told once, of what usually speaks more often; the next hit begins it anew', () => {
    const desk = new Desk({ trigger })
    for (let i = 0; i < 5; i++) desk.hits1([i + 1, 1, NOON + i * HOUR])
    expect(desk.decider.due()).toBe(NOON + 10 * HOUR)
    desk.until(NOON + 3 * DAY)
    desk.hits1([6, 1, NOON + 3 * DAY])
    desk.until(NOON + 5 * DAY)
    expect(desk.notices.map(({ key, words, about }) => [key, words, about])).toEqual([
      ['silence:5', 'No hit for 6 h, usually one every 60 min.', 5],
      ['silence:6', 'No hit for 6 h, usually one every 60 min.', 6],
    ])
  })
  test('nothing of what seldom speaks, or is not known yet', () => {
    const desk = new Desk({ trigger })
    desk.hits1([1, 1, NOON], [2, 1, NOON + MINUTE], [3, 1, NOON + 2 * MINUTE])
    expect(desk.decider.due()).toBeNull()
    const seldom = new Desk({ trigger })
    for (let i = 0; i < 8; i++) seldom.hits1([i + 1, 1, NOON + i * 7 * HOUR])
    expect(seldom.decider.due()).toBeNull()
  })
  test('waits for the end of quiet hours', () => {
    const desk = new Desk({ trigger, quiet: { from: '17:00', to: '23:00' } })
    for (let i = 0; i < 5; i++) desk.hits1([i + 1, 1, NOON + i * HOUR])
    expect(desk.decider.due()).toBe(NOON + 11 * HOUR)
  })
})

describe('the person', () => {
  test('snoozes the alert: what comes meanwhile is one notice', () => {
    const desk = new Desk({})
    desk.decider.snooze(NOON + HOUR, NOON)
    desk.hits1([1, 1, NOON], [2, 2, NOON])
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([['window:1', [1, 2], 60]])
  })
  test('snoozes an event for an hour: what came of it meanwhile is told then, others at once', () => {
    const desk = new Desk({})
    desk.hits1([1, 1, NOON])
    desk.decider.snoozeEvent(1, NOON + HOUR, NOON)
    desk.hits1([2, 1, NOON + MINUTE], [3, 2, NOON + MINUTE])
    expect(desk.outcome(2)).toBe('snoozed')
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([
      ['event:1', [1], 0],
      ['event:2', [3], 1],
      ['window:1', [2], 60],
    ])
  })
  test('ends a snooze: what came meanwhile is told', () => {
    const desk = new Desk({})
    desk.hits1([1, 1, NOON])
    desk.decider.snoozeEvent(1, null, NOON)
    desk.hits1([2, 1, NOON + 1])
    desk.decider.unsnoozeEvent(1, NOON + MINUTE)
    desk.take()
    expect(desk.told.at(-1)).toEqual(['window:1', [2], 1])
  })
  test('snoozes an event until it grows', () => {
    const desk = new Desk({})
    desk.hits1([1, 1, NOON], [2, 1, NOON])
    desk.decider.snoozeEvent(1, null, NOON)
    desk.hits1([3, 1, NOON + 1], [4, 1, NOON + 2])
    expect(desk.notices).toHaveLength(1)
    desk.hits1([5, 1, NOON + MINUTE])
    expect(desk.told.at(-1)).toEqual(['window:1', [3, 4, 5], 1])
  })
  test('has seen what was held: it is not told', () => {
    const desk = new Desk({ quiet: { from: '11:00', to: '13:00' } })
    desk.hits1([1, 1, NOON], [2, 2, NOON])
    desk.decider.forget([{ story: 1, event: 1 }], NOON)
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([['event:2', [2], 60]])
    expect(desk.outcome(1)).toBe('seen')
  })
  test('has seen what its event’s snooze held: it is not told when that ends; nor what they saw before it was decided', () => {
    const desk = new Desk({})
    desk.hits1([1, 1, NOON])
    desk.decider.snoozeEvent(1, NOON + HOUR, NOON)
    desk.hits1([2, 1, NOON + MINUTE], [3, 1, NOON + MINUTE])
    desk.decider.forget([{ story: 2, event: 1 }], NOON + MINUTE)
    const late = { story: 4, event: 2, at: NOON, published: NOON, source: 1, isFirstFetch: false }
    desk.decider.arrive(late, { isSeen: true })
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([
      ['event:1', [1], 0],
      ['window:1', [3], 60],
    ])
    expect([2, 4].map(desk.outcome)).toEqual(['seen', 'seen'])
  })
  test('takes that back: it waits again, and is told with the others, or at once where they were told', () => {
    const quiet = { from: '11:00', to: '13:00' }
    const desk = new Desk({ quiet })
    desk.hits1([1, 1, NOON], [2, 2, NOON])
    desk.decider.forget([{ story: 1, event: 1 }], NOON)
    desk.decider.remember([{ story: 1, event: 1, at: NOON }], NOON + MINUTE)
    desk.until(NOON + DAY)
    expect(desk.told).toEqual([['window:1', [1, 2], 60]])
    const late = new Desk({ quiet })
    late.hits1([1, 1, NOON], [2, 2, NOON], [3, 2, NOON])
    late.decider.forget(
      [1, 2].map((story) => ({ story, event: story })),
      NOON,
    )
    late.until(NOON + 2 * HOUR)
    // The other story's notice told of event 2; of event 1 nothing did.
    late.decider.remember(
      [1, 2].map((story) => ({ story, event: story, at: NOON })),
      NOON + 2 * HOUR,
    )
    late.take()
    expect(late.told).toEqual([
      ['event:2', [3], 60],
      ['event:1', [1], 120],
    ])
    expect(late.hits.get(2)).toMatchObject({ outcome: 'collapsed', key: 'event:2' })
  })
})

describe('events that turn out otherwise', () => {
  test('two that are one: what was told is not told again under the other name', () => {
    const desk = new Desk({ cooldownMs: HOUR })
    desk.hits1([1, 1, NOON], [2, 2, NOON + 1])
    desk.decider.merge(1, 2, NOON + 2)
    desk.take()
    desk.until(NOON + DAY)
    desk.hits1([3, 2, NOON + 2 * DAY])
    expect(desk.told).toEqual([['event:1', [1], 0]])
    expect([2, 3].map(desk.outcome)).toEqual(['collapsed', 'collapsed'])
  })
  test('one that is two: the part that no notice named is told now, the other not again', () => {
    const desk = new Desk({})
    desk.hits1([1, 1, NOON], [2, 1, NOON], [3, 1, NOON])
    desk.decider.split(1, 5, [{ story: 3, isTold: false }], NOON + MINUTE)
    desk.take()
    desk.decider.split(1, 6, [{ story: 1, isTold: true }], NOON + MINUTE)
    desk.take()
    desk.hits1([4, 6, NOON + MINUTE], [5, 5, NOON + MINUTE], [6, 1, NOON + MINUTE])
    expect(desk.told).toEqual([
      ['event:1', [1], 0],
      ['event:5', [3], 1],
    ])
  })
})

describe('whatever happens', () => {
  const span = fc.constantFrom(MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, DAY)
  const time = fc.constantFrom('00:00', '07:00', '12:30', '22:00')
  const trigger: fc.Arbitrary<AlertSettings['trigger']> = fc.oneof(
    fc.constant({ kind: 'each' as const }),
    fc.record({
      kind: fc.constant('digest' as const),
      at: fc.subarray(['07:00', '18:00']),
      on: fc.subarray(['mon', 'thu'] as const).map((on) => [...on]),
    }),
    fc.record({
      kind: fc.constant('threshold' as const),
      rule: fc.record({
        by: fc.constant('count' as const),
        count: fc.integer({ min: 1, max: 4 }),
        of: fc.constantFrom('events' as const, 'stories' as const),
        windowMs: span,
      }),
    }),
    fc.constant({ kind: 'spike' as const }),
    fc.record({ kind: fc.constant('silence' as const), forMs: span }),
  )
  const settings: fc.Arbitrary<AlertSettings> = fc.record({
    trigger,
    collapse: fc.constantFrom('event', 'none'),
    growth: fc.boolean(),
    cooldownMs: fc.oneof(fc.constant(0), span),
    capPerHour: fc.option(fc.integer({ min: 1, max: 3 })),
    quiet: fc.option(fc.record({ from: time, to: time })),
    horizonMs: fc.constantFrom(HOUR, 48 * HOUR),
    priority: fc.integer({ min: 1, max: 5 }),
  })
  const event = fc.integer({ min: 1, max: 6 })
  const step = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('hit' as const),
        event: fc.option(event),
        age: fc.constantFrom(0, 0, MINUTE, 3 * HOUR),
        first: fc.boolean(),
      }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: span }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('back' as const), ms: span }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const), from: event, into: event }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('split' as const), from: event }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('snooze' as const), event: fc.option(event), ms: span }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('seen' as const), nth: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('unseen' as const), nth: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), settings }) },
  )

  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

  /** @param restarts after how many steps the state is written and read again */
  function run(first: AlertSettings, steps: readonly Step[], restarts: number): Desk & { end: number } {
    const desk = new Desk(first)
    let now = NOON
    let story = 0
    let fresh = 100
    const eventOf = new Map<number, number | null>()
    steps.forEach((one, i) => {
      if (one.do === 'hit') {
        story++
        eventOf.set(story, one.event)
        desk.hit(story, one.event, now, { published: now - one.age, ...(one.first ? { first: 9 } : {}) })
      } else if (one.do === 'wait') now += one.ms
      else if (one.do === 'back') now -= one.ms
      else if (one.do === 'tick') desk.decider.tick(now)
      else if (one.do === 'merge' && one.from !== one.into) {
        for (const [id, of] of eventOf) if (of === one.from) eventOf.set(id, one.into)
        desk.decider.merge(one.from, one.into, now)
      } else if (one.do === 'split') {
        desk.take()
        const mine = [...eventOf].filter(([, e]) => e === one.from).map(([id]) => id)
        const hits = mine
          .slice(mine.length / 2)
          .filter((id) => ['told', 'collapsed', 'snoozed', 'held', 'seen'].includes(desk.outcome(id) ?? ''))
        fresh++
        for (const id of hits) eventOf.set(id, fresh)
        desk.decider.split(
          one.from,
          fresh,
          hits.map((id) => ({ story: id, isTold: desk.outcome(id) === 'told' })),
          now,
        )
      } else if (one.do === 'snooze') {
        if (one.event === null) desk.decider.snooze(now + one.ms, now)
        else desk.decider.snoozeEvent(one.event, now + one.ms, now)
      } else if (one.do === 'seen')
        desk.decider.forget([{ story: one.nth, event: eventOf.get(one.nth) ?? null }], now)
      else if (one.do === 'unseen') {
        desk.take()
        if (desk.outcome(one.nth) === 'seen')
          desk.decider.remember([{ story: one.nth, event: eventOf.get(one.nth) ?? null, at: now }], now)
      } else if (one.do === 'edit') {
        desk.take()
        desk.restart(one.settings)
      }
      // A transaction ends with the call that its hits came in.
      if (one.do !== 'hit' || i % 3 === 0) desk.take()
      if (i % restarts === 0) {
        desk.take()
        desk.restart()
      }
    })
    desk.take()
    return Object.assign(desk, { end: now })
  }

  test('no hit is told twice, none is lost, no key comes twice', () => {
    fc.assert(
      fc.property(settings, fc.array(step, { maxLength: 60 }), (first, steps) => {
        const desk = run(first, steps, 7)
        // All that waits for the clock comes in the end.
        desk.until(Math.max(desk.end, desk.decider.state.now) + 100 * DAY)
        const keys = desk.notices.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        const told = desk.notices.flatMap(({ stories }) => stories)
        expect(new Set(told).size).toBe(told.length)
        expect(desk.hits.size).toBe(steps.filter((one) => one.do === 'hit').length)
        for (const [story, { outcome, key }] of desk.hits) {
          expect(['told', 'collapsed', 'old', 'counted', 'seen']).toContain(outcome)
          const notices = desk.notices.filter(({ stories }) => stories.includes(story))
          expect(notices.map((notice) => notice.key)).toEqual(outcome === 'told' ? [key] : [])
          if (outcome === 'collapsed') expect(keys).toContain(key)
        }
      }),
      { numRuns: 1500 },
    )
  })

  test('written down and read again after any step, it decides the same', () => {
    fc.assert(
      fc.property(settings, fc.array(step, { maxLength: 40 }), (first, steps) => {
        const taken = steps.flatMap((one) => [one, { do: 'take' as const }])
        expect(run(first, taken, 1).notices).toEqual(run(first, taken, 1e9).notices)
      }),
      { numRuns: 400 },
    )
  })

  test('while nobody changes anything: quiet hours are kept, cooldown and cap too, an event is told once', () => {
    fc.assert(
      fc.property(settings, fc.array(step, { maxLength: 60 }), (first, all) => {
        const steps = all.filter((one) => ['hit', 'wait', 'take', 'tick'].includes(one.do))
        const desk = run(first, steps, 5)
        desk.until(desk.end + 30 * DAY)
        const { quiet, cooldownMs, capPerHour, collapse, growth, trigger } = first
        const at = desk.notices.map((notice) => notice.at)
        for (const [i, moment] of at.entries()) {
          expect(quietUntil(quiet, moment, 'UTC')).toBeNull()
          if (i > 0) expect(moment - (at[i - 1] as number)).toBeGreaterThanOrEqual(cooldownMs)
          if (capPerHour !== null)
            expect(at.filter((one) => one > moment - HOUR && one <= moment).length).toBeLessThanOrEqual(
              capPerHour,
            )
        }
        if (collapse !== 'event' || (trigger.kind !== 'each' && trigger.kind !== 'digest')) return
        const times = new Map<number, number>()
        const eventOf = new Map(steps.filter((one) => one.do === 'hit').map((one, i) => [i + 1, one.event]))
        for (const { stories } of desk.notices)
          for (const one of new Set(stories.map((id) => eventOf.get(id) ?? null)))
            if (one !== null) times.set(one, (times.get(one) ?? 0) + 1)
        for (const n of times.values()) expect(n).toBeLessThanOrEqual(growth ? 2 : 1)
      }),
      { numRuns: 1000 },
    )
  })
})
