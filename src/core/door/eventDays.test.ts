import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countBetween } from '../countBetween.ts'
import { EventDays } from './eventDays.ts'

const FIRST = 20_000

test('the events of any stretch of days are counted once each, in whatever order their stories come', () => {
  const story = fc.record({
    day: fc.integer({ min: 0, max: 12 }),
    // 0: it waits for its event.
    event: fc.integer({ min: 0, max: 9 }),
  })
  fc.assert(
    fc.property(fc.array(story, { minLength: 1, maxLength: 60 }), fc.nat(9), (list, highest) => {
      const counted = new EventDays(highest)
      for (const { day, event } of list) {
        counted.addStories(FIRST + day, 1, event === 0 ? 1 : 0)
        if (event > 0) counted.addEvent(FIRST + day, event)
      }
      const days = counted.days()
      const start = Math.min(...list.map(({ day }) => day))
      for (let first = 0; first < days.length; first++)
        for (let last = first; last < days.length; last++) {
          const mine = list.filter(({ day }) => day >= start + first && day <= start + last)
          const events = new Set(mine.flatMap(({ event }) => (event === 0 ? [] : [event])))
          const alone = mine.filter(({ event }) => event === 0).length
          expect(countBetween(days, first, last)).toBe(events.size + alone)
          expect(days.slice(first, last + 1).reduce((sum, { stories }) => sum + stories, 0)).toBe(mine.length)
        }
    }),
  )
})

test('the first days that there can be count as all others', () => {
  const counted = new EventDays(3)
  for (const day of [-1, 0, 0, 1]) {
    counted.addStories(day, 1, 0)
    counted.addEvent(day, 2)
  }
  expect(counted.days()).toEqual([
    { day: '1969-12-31', stories: 1, events: 1 },
    { day: '1970-01-01', stories: 2, events: 1, again: [[1, 1]] },
    { day: '1970-01-02', stories: 1, events: 1, again: [[1, 1]] },
  ])
})
