import { expect, test } from 'vitest'
import { readTimeOfDay } from './timeOfDay.ts'

test('a time of day is read as people write it', () => {
  expect(['7', '07', '7:05', '7.30', '0730', '22h15', ' 22:00 '].map(readTimeOfDay)).toEqual([
    '07:00',
    '07:00',
    '07:05',
    '07:30',
    '07:30',
    '22:15',
    '22:00',
  ])
  expect(['', '24:00', '7:60', 'noon', '7:5', '-1'].map(readTimeOfDay)).toEqual(Array(6).fill(null))
})
