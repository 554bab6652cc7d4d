import { expect, test } from 'vitest'
import { sideWords } from './sideWords.ts'

const texts = (...list: string[]): Set<string>[] => list.map((text) => new Set(text.split(' ')))

test('a side stands out by what it says and the others do not, and by nothing that all say', () => {
  const [east, west] = sideWords(
    [
      texts(...Array.from({ length: 20 }, (_, i) => `talks summit operation liberation w${i}`)),
      texts(...Array.from({ length: 20 }, (_, i) => `talks summit invasion war v${i}`)),
    ],
    5,
  )
  expect(east?.map(({ word }) => word)).toEqual(['liberation', 'operation'])
  expect(west?.map(({ word }) => word)).toEqual(['invasion', 'war'])
  for (const { z } of [...(east ?? []), ...(west ?? [])]) expect(z).toBeGreaterThan(1.96)
})

test('what a side says once is no habit, and one side alone stands out by nothing', () => {
  expect(sideWords([texts('unheard tale'), texts('other words')], 5)).toEqual([[], []])
  expect(sideWords([texts('a b', 'a b', 'a b')], 5)).toEqual([[]])
  expect(sideWords([], 5)).toEqual([])
})

test('of two words used as often, the one that is said elsewhere too stands out less', () => {
  const [one] = sideWords(
    [
      texts(...Array.from({ length: 12 }, () => 'common rare')),
      texts(...Array.from({ length: 12 }, (_, i) => (i < 6 ? 'common filler' : 'filler'))),
    ],
    5,
  )
  expect(one?.[0]?.word).toBe('rare')
})
