import { expect, test } from 'vitest'
import type { Event } from '../../api/contract/events.ts'
import { eventQuery } from './eventQuery.ts'

const about = (title: string, entities: readonly (readonly [string, number])[], name = ''): string =>
  eventQuery({
    name,
    headline: { title } as Event['headline'],
    all: { stories: 8, query: 'event:1' },
    entities: entities.map(([entity, stories]) => ({ name: entity, label: entity, type: 'person', stories })),
  })

test('an alert on an event asks for the names that most of its stories have', () => {
  expect(
    about('Putin meets Trump in Alaska', [
      ['putin', 8],
      ['trump', 7],
      ['alaska', 5],
      ['brussels', 1],
    ]),
  ).toBe('@putin @trump')
  expect(about('Storm', [['japan', 6]])).toBe('@japan')
})

test('without names it asks for the longest words of the headline, in their order and never as operators', () => {
  expect(about('Monkeys escape from overturned truck on highway', [])).toBe('monkeys overturned highway')
  expect(about('x', [], 'NEAR the HARBOUR')).toBe('near harbour')
  expect(about('“!”', [])).toBe('')
})
