import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../../query/language/parse.ts'
import type { Connection } from '../connection.ts'
import { emptyArchive, fill, searchOf, story } from '../fixtures/agreement.ts'
import { indexedWords, listedWords, MOST_WORDS } from './indexedWords.ts'

/** A database that records which statements are prepared on it. */
function spied(db: Connection): { db: Connection; prepared: Set<string> } {
  const prepared = new Set<string>()
  const proxy = new Proxy(db, {
    get(target, key) {
      const value = Reflect.get(target, key)
      if (key !== 'prepare') return typeof value === 'function' ? value.bind(target) : value
      return (sql: string) => {
        prepared.add(sql)
        return target.prepare(sql)
      }
    },
  })
  return { db: proxy, prepared }
}

test('where many stories are looked at, no text is read: the index says where words stand and how they are written', () => {
  const real = emptyArchive()
  fill(real, fc.sample(story, { numRuns: 600, seed: 7 }))
  for (const [text, texts] of [
    ['oil ONEAR/2 gas', false],
    ['(oil OR gas OR paint) NEAR/3 (us OR oil) NEAR/6 gas', false],
    ['oil{2}', false],
    ['case:"Oil"', false],
    ['case:"OIL"{2}', false],
    ['case:oil -lang:ru', false],
    // Only the text tells which unusual form stands at a place.
    ['case:"oiL" NEAR/3 gas', true],
    // Too few stories to begin with.
    ['gas ONEAR/0 paint title:crude', true],
  ] as const) {
    const { db, prepared } = spied(real)
    expect(searchOf(db).count(parseQuery(text, { use: 'search' }).query).stories, text).toBeGreaterThan(0)
    expect(
      [...prepared].some((sql) => sql.includes('story.text')),
      text,
    ).toBe(texts)
  }
  real.close()
})

test('occurrences are sought by their word, and stories in a set that is made once', () => {
  const { db, prepared } = spied(emptyArchive())
  indexedWords(db)
  const [read] = [...prepared].filter((sql) => sql.includes('place.offset'))
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${read}`).all('[]', '[]') as { detail: string }[]
  const details = rows.map(({ detail }) => detail)
  expect(details[0]).toMatch(/SCAN word VIRTUAL TABLE/)
  expect(details[1]).toMatch(/SCAN place VIRTUAL TABLE/)
  expect(details[2]).toBe('LIST SUBQUERY 1')
  expect(details.join()).not.toMatch(/CORRELATED|TEMP B-TREE FOR/)
  db.close()
})

test('in how many stories a word occurs is estimated from the newest', () => {
  const db = emptyArchive()
  const docids = fill(db, fc.sample(story, { numRuns: 200, seed: 4 }))
  const index = indexedWords(db)
  const holding = (word: string) =>
    db
      .prepare('SELECT count(*) FROM story_words WHERE story_words MATCH ?')
      .pluck()
      .get(`"${word}"`) as number
  expect(docids).toHaveLength(200)
  expect(holding('oil')).toBeGreaterThan(50)
  expect(index.storiesWith(['oil', 'gas'])).toBeCloseTo(holding('oil') + holding('gas'))
  expect(index.storiesWith(['nowhere'])).toBe(0)
  db.close()
})

test('wildcards are listed as words, unless they are too many', () => {
  const from = (prefix: string) => (prefix === 'oi' ? ['oil', 'oils'] : null)
  const word = (text: string, prefix = false) => ({ text, prefix })
  expect(listedWords([word('oil'), word('oi', true), word('gas')], from)).toEqual(['oil', 'oils', 'gas'])
  expect(listedWords([word('g', true)], from)).toBeNull()
  expect(listedWords([word('x'.repeat(10_000))], from)).toBeNull()
  const many = Array.from({ length: MOST_WORDS + 1 }, (_, i) => word(`w${i}`))
  expect(listedWords(many, from)).toBeNull()
  expect(listedWords(many.slice(1), from)).toHaveLength(MOST_WORDS)
})
