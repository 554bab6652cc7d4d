import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLiveEvents, TIMES } from './liveEvents.ts'

/** What can happen to events, by their numbers. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('touch' as const), at: fc.nat(12) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(12) }),
  fc.record({ kind: fc.constant('alias' as const), at: fc.nat(12), into: fc.nat(12) }),
  fc.record({ kind: fc.constant('unalias' as const), at: fc.nat(12) }),
  fc.record({ kind: fc.constant('save' as const) }),
)

test('a number is looked up as what its event goes on as, whatever happened in between', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      // Numbers that are remembered in one place, and such that are not.
      const numberOf = (at: number): number => (at % 2) * 2 ** 14 + 1 + Math.floor(at / 2)
      let events = createLiveEvents()
      let time = 0
      for (const one of steps) {
        if (one.kind === 'save') {
          const saved = {
            events: [...events.values()].map(({ seat: _, ...event }) => event),
            aliases: [...events.aliases],
            next: 2 ** 15,
          }
          events = createLiveEvents(structuredClone(saved))
        } else {
          const number = numberOf(one.at)
          const event = events.get(number)
          if (one.kind === 'touch' && !events.aliases.has(number)) {
            const touched = event ?? events.begin(number, time)
            touched.newest = ++time
            events.touch(touched)
            expect([...events.values()].at(-1)?.number).toBe(number)
          }
          if (one.kind === 'remove' && event !== undefined) events.remove(event)
          if (one.kind === 'unalias') events.unalias(number)
          if (one.kind === 'alias' && event !== undefined) {
            const into = events.get(numberOf(one.into))
            if (into !== undefined && into !== event) events.alias(event, into.number)
          }
        }
        for (let at = 0; at <= 12; at++) {
          const expected = events.get(events.goesOnAs(numberOf(at)))
          const seat = events.seatOf(numberOf(at))
          expect(seat).toBe(expected?.seat ?? -1)
          if (expected === undefined) continue
          expect(events.at(seat)).toBe(expected)
          expect(events.times[seat * TIMES]).toBe(expected.newest)
        }
      }
    }),
  )
})

test('more events than there was room for keep their times', () => {
  const events = createLiveEvents()
  for (let number = 1; number <= 3000; number++) events.touch({ ...events.begin(number, 7), newest: number })
  for (let number = 1; number <= 3000; number++)
    expect(events.times[events.seatOf(number) * TIMES]).toBe(number)
})
