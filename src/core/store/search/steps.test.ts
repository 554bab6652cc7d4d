import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Query } from '../../query/language/ast.ts'
import { parseQuery } from '../../query/language/parse.ts'
import { emptyArchive, fill, listed, searchOf, story } from '../fixtures/agreement.ts'
import { Steps, stepsOf, weightOf } from './steps.ts'

const parse = (text: string): Query => parseQuery(text, { use: 'search' }).query
const QUERIES = [
  'oil{2}',
  'oil ONEAR/2 gas',
  'oil NEAR/5 gas NEAR/5 us',
  'case:"Oil" OR is:starred',
  '-oil',
  'oil',
]

test('a list whose steps are spent goes on where it ended, and comes to every match once', () => {
  const db = emptyArchive()
  const search = searchOf(db)
  fill(db, fc.sample(story, { numRuns: 200, seed: 4 }))
  for (const text of QUERIES) {
    const query = parse(text)
    const found: number[] = []
    let pages = 0
    for (let cursor: string | undefined; ; ) {
      const page = search.list(query, { limit: 50, cursor, steps: new Steps(7) })
      found.push(...page.rows.map(({ docid }) => docid))
      pages++
      if (page.next === null) break
      expect(page.next).not.toBe(cursor)
      cursor = page.next
    }
    expect(found, text).toEqual(listed(search, query, 50))
    expect(pages).toBeGreaterThan(found.length / 50)
  }
  db.close()
})

test('a count and a histogram end with their steps, with no more than there is', () => {
  const db = emptyArchive()
  const search = searchOf(db, 'never')
  fill(db, fc.sample(story, { numRuns: 200, seed: 4 }))
  const query = parse('oil{2}')
  const run = <T>(steps: Generator<unknown, T>): T => {
    for (;;) {
      const { value, done } = steps.next()
      if (done === true) return value as T
    }
  }
  const all = search.count(query).stories
  for (const most of [1, 20, 1_000_000]) {
    const [counting, drawing] = [new Steps(most), new Steps(most)]
    const counted = run(search.countInSteps(query, counting))
    const drawn = [...run(search.histogramInSteps(query, drawing)).values()].reduce((sum, n) => sum + n, 0)
    expect([counted, drawn].every((n) => n <= all)).toBe(true)
    expect(counting.isSpent || counted === all).toBe(true)
    expect(drawing.isSpent || drawn === all).toBe(true)
  }
  expect(run(search.countInSteps(query, new Steps(1)))).toBeLessThan(all)
  db.close()
})

test('steps grow with the text and with the places that are compared, not with the time', () => {
  expect(stepsOf(1, 0)).toBe(1)
  expect(stepsOf(1, 10_000)).toBe(11)
  expect(weightOf(parse('oil gas'))).toBe(1)
  expect(weightOf(parse(Array(81).fill('oil').join(' NEAR/5 ')))).toBe(11)
})
