import { expect, test } from 'vitest'
import { matching } from './commandMatch.ts'
import { dayOf, instantOfDay } from './days.ts'

test('a command is found by the beginnings of its words, in any order and without accents', () => {
  const commands = [
    { text: 'Go to Sources' },
    { text: 'Theme: Énergie, commerce' },
    { text: 'Refresh all sources' },
  ]
  const found = (typed: string): string[] => matching(commands, typed).map(({ text }) => text)
  expect(found('sour')).toEqual(['Go to Sources', 'Refresh all sources'])
  expect(found('sour ref')).toEqual(['Refresh all sources'])
  expect(found('ener')).toEqual(['Theme: Énergie, commerce'])
  expect(found('ources')).toEqual([])
  expect(found('')).toHaveLength(3)
})

test('a day in a date field and the instant it begins are each other’s inverse in every zone', () => {
  for (const zone of ['UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu'])
    for (const day of ['2025-05-09', '2025-03-30', '2025-10-26', '2024-02-29', '2025-12-31']) {
      const begin = instantOfDay(day, zone)
      expect(dayOf(begin, zone), `${day} in ${zone}`).toBe(day)
      expect(dayOf(begin - 1, zone), `the millisecond before ${day} in ${zone}`).not.toBe(day)
      expect(instantOfDay(day, zone, 1), `the day after ${day} in ${zone}`).toBeGreaterThan(
        begin + 22 * 3_600_000,
      )
    }
})
