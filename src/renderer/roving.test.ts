import { expect, test } from 'vitest'
import { nextLine } from './roving.ts'

test('up and down go to the nearest place of the next line, however its heights differ by a hair', () => {
  const places = [
    { x: 10, y: 10 },
    { x: 50, y: 12 },
    { x: 12, y: 30 },
    { x: 55, y: 33 },
    { x: 54, y: 60 },
  ]
  expect(nextLine(places, 0, 1)).toBe(2)
  expect(nextLine(places, 1, 1)).toBe(3)
  expect(nextLine(places, 2, 1)).toBe(4)
  expect(nextLine(places, 4, -1)).toBe(3)
  expect(nextLine(places, 4, 1)).toBeUndefined()
  expect(nextLine(places, 0, -1)).toBeUndefined()
  expect(nextLine([], 0, 1)).toBeUndefined()
})
