import { expect, test } from 'vitest'
import { AS_AT_FIRST, moved, ordered, sameArrangement, withPanel } from './arrangement.ts'

const all = ['volume', 'above', 'themes', 'latest']

test('panels stand in the person’s order; a panel that came with a later version follows its neighbour', () => {
  expect(ordered(all, AS_AT_FIRST)).toEqual(all)
  expect(ordered(all, { order: ['latest', 'volume', 'themes'], hidden: [] })).toEqual([
    'latest',
    'volume',
    'above',
    'themes',
  ])
  expect(ordered(['new', ...all], { order: all.toReversed(), hidden: [] })[0]).toBe('new')
})

test('a panel that is no longer there, or is named twice, leaves no gap', () => {
  expect(ordered(all, { order: ['gone', 'latest', 'latest', 'themes'], hidden: ['gone'] })).toEqual([
    'volume',
    'above',
    'latest',
    'themes',
  ])
})

test('a panel moves one place at a time and stops at either end', () => {
  const once = moved(all, AS_AT_FIRST, 'themes', -1)
  expect(ordered(all, once)).toEqual(['volume', 'themes', 'above', 'latest'])
  expect(sameArrangement(all, moved(all, once, 'themes', 1), AS_AT_FIRST)).toBe(true)
  expect(moved(all, AS_AT_FIRST, 'volume', -1)).toBe(AS_AT_FIRST)
  expect(moved(all, AS_AT_FIRST, 'latest', 1)).toBe(AS_AT_FIRST)
})

test('a hidden panel keeps its place', () => {
  const hidden = withPanel(AS_AT_FIRST, 'above', false)
  expect(hidden.hidden).toEqual(['above'])
  expect(ordered(all, hidden)).toEqual(all)
  expect(sameArrangement(all, hidden, AS_AT_FIRST)).toBe(false)
  expect(withPanel(withPanel(hidden, 'above', false), 'above', true)).toEqual(AS_AT_FIRST)
})
