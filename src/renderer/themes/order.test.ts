import { expect, test } from 'vitest'
import { moved } from './order.ts'

const themes = [
  { id: 'a', group: 'x' },
  { id: 'b', group: 'y' },
  { id: 'c', group: 'x' },
]

test('a theme moves past its neighbour in its group, over those of other groups', () => {
  expect(moved(themes, 'a', 1)).toEqual(['c', 'b', 'a'])
  expect(moved(themes, 'c', -1)).toEqual(['c', 'b', 'a'])
})

test('at the end of its group it stays', () => {
  expect(moved(themes, 'a', -1)).toBeNull()
  expect(moved(themes, 'b', 1)).toBeNull()
  expect(moved(themes, 'gone', 1)).toBeNull()
})
