import { expect, test } from 'vitest'
import { DocumentFrequencies } from './documentFrequency.ts'
import { Postings } from './postings.ts'
import { Presearcher } from './presearcher.ts'
import {
  allOf,
  coveringTerms,
  inOneField,
  NO_REQUIREMENTS,
  noneOf,
  oneTerm,
  type Requirements,
  someOf,
} from './requirements.ts'

/** Term n occurs in n of ten stories. */
const frequencyOf = (term: number): number => term / 10
const term = (n: number): Requirements => oneTerm(n, frequencyOf)
const covering = (requirements: Requirements) => coveringTerms(requirements.all, frequencyOf)?.terms ?? null

test('the rarest required terms cover a query', () => {
  expect(covering(allOf([term(5), term(1), term(3)]))).toEqual([1])
  expect(covering(allOf([term(5), someOf([term(1), term(2)], 1, frequencyOf)]))).toEqual([1, 2])
})

test('alternatives are covered by the rarest term of each', () => {
  const either = someOf([allOf([term(5), term(1)]), term(2)], 1, frequencyOf)
  expect(covering(either)).toEqual([1, 2])
  expect(either.complete).toBe(false)
})

test('where several must match, the most frequent terms are left out', () => {
  expect(covering(someOf([term(5), term(1), term(2)], 2, frequencyOf))).toEqual([1, 2])
  const phrases = [allOf([term(5), term(4)]), term(1), term(2)]
  expect(covering(someOf(phrases, 2, frequencyOf))).toEqual([1, 2])
  expect(covering(someOf([NO_REQUIREMENTS, term(1), term(2)], 2, frequencyOf))).toEqual([1, 2])
})

test('an alternative that can match without any term leaves no covering terms', () => {
  expect(covering(someOf([NO_REQUIREMENTS, term(1)], 1, frequencyOf))).toBeNull()
  expect(covering(someOf([noneOf(term(3)), term(1)], 1, frequencyOf))).toBeNull()
  expect(covering(noneOf(term(3)))).toBeNull()
})

test('a term excluded from one field may occur in another', () => {
  const requirements = inOneField(allOf([term(1), noneOf(term(2))]))
  expect(requirements).toEqual({ all: term(1).all, complete: false })
})

/** Whether a query with these requirements is a candidate for a story with these terms. */
function isCandidate(requirements: Requirements, ...occurring: number[]): boolean {
  const presearcher = new Presearcher(frequencyOf)
  expect(presearcher.add(0, requirements)).toBe('matches')
  const postings = new Postings()
  for (const id of occurring) postings.add(id, 0, 0, 1)
  let through = false
  presearcher.search(postings, () => {
    through = true
    return true
  })
  return through
}

test('words, AND, OR, ANY and NOT are decided without evaluating the query', () => {
  expect(isCandidate(term(1), 1)).toBe(true)
  expect(isCandidate(term(1), 2)).toBe(false)
  expect(isCandidate(allOf([term(1), term(2)]), 1)).toBe(false)
  expect(isCandidate(allOf([term(1), term(2)]), 1, 2)).toBe(true)
  expect(isCandidate(allOf([term(1), noneOf(term(2))]), 1)).toBe(true)
  expect(isCandidate(allOf([term(1), noneOf(term(2))]), 1, 2)).toBe(false)
  const two = someOf([term(1), term(2), term(3)], 2, frequencyOf)
  expect(isCandidate(two, 1)).toBe(false)
  expect(isCandidate(two, 1, 3)).toBe(true)
  const groups = allOf([
    someOf([term(1), term(2)], 1, frequencyOf),
    someOf([term(3), term(4)], 1, frequencyOf),
  ])
  expect(isCandidate(groups, 1, 2)).toBe(false)
  expect(isCandidate(groups, 2, 4)).toBe(true)
  // The same term in two members is one occurrence for both.
  expect(someOf([term(1), term(1), term(2)], 2, frequencyOf).complete).toBe(false)
})

test('a removed query is no candidate any more, its neighbours are', () => {
  const presearcher = new Presearcher(frequencyOf)
  for (const query of [0, 1, 2]) presearcher.add(query, allOf([term(1), term(query + 2)]))
  presearcher.remove(1)
  const postings = new Postings()
  for (const id of [1, 2, 3, 4]) postings.add(id, 0, 0, 1)
  const handed: number[] = []
  presearcher.search(postings, (query) => handed.push(query) > 0)
  expect(handed).toEqual([0, 2])
})

test('a guess gives way to the frequency that is counted', () => {
  const frequencies = new DocumentFrequencies()
  frequencies.begin(0.5)
  frequencies.begin(0.001)
  expect(frequencies.of(0)).toBe(0.5)
  for (let i = 0; i < 1000; i++) frequencies.count([1])
  expect(frequencies.of(0)).toBeLessThan(0.05)
  expect(frequencies.of(1)).toBeGreaterThan(0.9)
})

test('a term that is added later is counted from then on', () => {
  const frequencies = new DocumentFrequencies()
  frequencies.begin(0.5)
  for (let i = 0; i < 1000; i++) frequencies.count([0])
  frequencies.begin(0.001)
  for (let i = 0; i < 1000; i++) frequencies.count([0, 1])
  expect(frequencies.of(1)).toBeGreaterThan(0.9)
})
