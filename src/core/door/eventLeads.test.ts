import { expect, test } from 'vitest'
import { leadsOf } from './eventLeads.ts'
import { atOnce } from './slices.ts'

const told = (events: Record<number, number>): Map<number, number> =>
  new Map(Object.entries(events).map(([event, at]) => [Number(event), at]))

test('a bloc leads on the events that others tell after it, and lags behind on the rest', () => {
  const leads = atOnce(
    leadsOf(
      new Map([
        ['EU', told({ 1: 100, 2: 500, 3: 900, 4: 10 })],
        ['RU', told({ 1: 300, 2: 200, 3: 900 })],
        ['CN', told({ 2: 800, 5: 50 })],
      ]),
    ),
  )
  // Event 4 is told by the EU alone, 5 by China alone: nobody is ahead on them.
  expect(leads.get('EU')).toEqual({ shared: 3, ahead: [1, 3], lag: 0 })
  expect(leads.get('RU')).toEqual({ shared: 3, ahead: [2, 3], lag: 0 })
  expect(leads.get('CN')).toEqual({ shared: 1, ahead: [], lag: 600 })
})

test('a bloc that shares no event has no lag', () => {
  expect(atOnce(leadsOf(new Map([['EU', told({ 1: 100 })]]))).get('EU')).toEqual({
    shared: 0,
    ahead: [],
    lag: null,
  })
})
