import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasSharedArchive, SHARED_ARCHIVE, sharedLines } from '../../fixtures/sharedArchive.ts'
import { localDay } from '../../localTime.ts'
import { queries } from '../../query/fixtures/generate.ts'
import { toFts } from '../../query/fulltext/toFts.ts'
import type { Query } from '../../query/language/ast.ts'
import { parseQuery } from '../../query/language/parse.ts'
import { printQuery } from '../../query/language/print.ts'
import { words } from '../../query/words/words.ts'
import { publishedOf } from '../docid.ts'
import {
  emptyArchive,
  fill,
  type Kept,
  listed,
  searchOf,
  story,
  streamed,
  vocabulary,
  ZONE,
} from '../fixtures/agreement.ts'

const parse = (text: string): Query => parseQuery(text, { use: 'search' }).query

function daysOf(docids: readonly number[]): Map<number, number> {
  const days = new Map<number, number>()
  for (const docid of [...docids].reverse()) {
    const day = localDay(publishedOf(docid), ZONE)
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  return days
}

test('search and matcher give one answer: any query, any stories', () => {
  const db = emptyArchive()
  const search = searchOf(db)
  const byIndex = searchOf(db, 'always')
  const byText = searchOf(db, 'never')
  fc.assert(
    fc.property(
      fc.array(story, { minLength: 1, maxLength: 8 }),
      fc.array(queries(vocabulary, 3), { minLength: 1, maxLength: 12 }),
      (stories, asked) => {
        const docids = fill(db, stories)
        const expected = streamed(asked, stories, docids, true)
        expect(streamed(asked, stories, docids, false), 'prefilter').toEqual(expected)
        asked.forEach((query, i) => {
          const text = printQuery(query)
          const found = expected[i] as number[]
          expect(listed(search, query, 3), `list: ${text}`).toEqual(found)
          const whole = { stories: found.length, exact: true }
          expect(search.count(query), `count: ${text}`).toEqual(whole)
          expect(search.count(query, { budgetMs: 60_000 }), `budget: ${text}`).toEqual(whole)
          const steps = search.countInSteps(query)
          let step = steps.next()
          while (step.done !== true) step = steps.next()
          expect(step.value, `steps: ${text}`).toBe(found.length)
          const days = [...daysOf(found)].sort(([a], [b]) => a - b)
          for (const one of [search, byIndex, byText])
            expect(
              [...one.histogram(query)].sort(([a], [b]) => a - b),
              `histogram: ${text}`,
            ).toEqual(days)
          expect(byIndex.count(query), `by index: ${text}`).toEqual(whole)
          expect(byText.count(query), `by text: ${text}`).toEqual(whole)
        })
      },
    ),
    { numRuns: 80 },
  )
  db.close()
})

test('an OR of sets that full text collects is answered beside a full-text drive', () => {
  const db = emptyArchive()
  const search = searchOf(db)
  fill(db, fc.sample(story, { numRuns: 8, seed: 3 }))
  const query = parse('case:"é" OR (lang:zh AND case:"US" AND fetched:1970-01-01)')
  const { rows } = search.list(query, { limit: 50 })
  expect(search.count(query).stories).toBe(rows.length)
  expect([...search.histogram(query).values()].reduce((sum, n) => sum + n, 0)).toBe(rows.length)
  db.close()
})

if (!hasSharedArchive) console.log(`Skipped: agreement on real texts, since ${SHARED_ARCHIVE} is not here.`)

test.skipIf(!hasSharedArchive)('search and matcher give one answer on real texts', () => {
  const texts = sharedLines()
    .filter((_, i) => i % 800 === 7)
    .map((line) => (JSON.parse(line) as { text: string }).text)
  const made = fc.sample(story, { numRuns: texts.length, seed: 5 })
  const stories = made.map((kept, i): Kept => {
    const text = texts[i] as string
    return { ...kept, subject: { ...kept.subject, title: text.slice(0, 60), summary: '', text } }
  })
  const real = texts.flatMap((text) => words(text).folded)
  const often = ['the', 'of', 'president', 'killed', 'us', 'people', 'china', 'russia', 'is', 'are']
  const asked = fc.sample(
    queries({ ...vocabulary, words: [...often, ...real.filter((_, i) => i % 97 === 0)] }, 2),
    { numRuns: 400, seed: 6 },
  )
  const db = emptyArchive()
  const search = searchOf(db)
  const byIndex = searchOf(db, 'always')
  const docids = fill(db, stories)
  const expected = streamed(asked, stories, docids, true)
  expect(streamed(asked, stories, docids, false)).toEqual(expected)
  let matches = 0
  asked.forEach((query, i) => {
    const text = printQuery(query)
    expect(listed(search, query, 50), `list: ${text}`).toEqual(expected[i])
    expect(search.count(query).stories, `count: ${text}`).toBe(expected[i]?.length)
    expect(byIndex.count(query).stories, `by index: ${text}`).toBe(expected[i]?.length)
    matches += (expected[i] as number[]).length
  })
  expect(matches).toBeGreaterThan(2_000)
  db.close()
})

test('an ordered list, a date range and a merge are read as they stand; nothing is sorted that could be long', () => {
  const db = emptyArchive()
  const seen = new Set<string>()
  const prepare = db.prepare.bind(db)
  const spying = new Proxy(db, {
    get(target, key) {
      if (key === 'prepare')
        return (sql: string) => {
          seen.add(sql)
          return prepare(sql)
        }
      const value = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const plan = (query: string): string => {
    seen.clear()
    searchOf(spying).list(parse(query), { limit: 50 })
    const [sql] = [...seen].filter((s) => s.includes('AS found'))
    const parameters = Array(sql?.match(/\?/g)?.length ?? 0).fill(1)
    const rows = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]
    return rows.map(({ detail }) => detail).join('\n')
  }
  const full = plan('oil after:2025-01-01')
  expect(full).toMatch(/story_words VIRTUAL TABLE INDEX \d+:M5></)
  expect(full).not.toContain('TEMP B-TREE')
  expect(plan('theme:energy')).toMatch(
    /SEARCH tag USING PRIMARY KEY \(theme_id=\? AND docid>\? AND docid<\?\)/,
  )
  expect(plan('theme:war')).not.toContain('TEMP B-TREE')
  const merged = plan('oil OR theme:energy')
  expect(merged).toContain('MERGE (UNION)')
  expect(merged).not.toContain('TEMP B-TREE')
  expect(plan('oil theme:energy is:copy')).toContain('story_facts')
  expect(plan('is:unread within:30d')).toMatch(/SEARCH story USING COVERING INDEX/)
  expect(plan('-oil')).not.toContain('TEMP B-TREE')
  db.close()
})

test('full text decides by itself wherever it can', () => {
  const context = { concepts: new Map(), sources: () => [1, 2] }
  const exact = (text: string): boolean => toFts(parse(text), context).exact
  for (const text of [
    ...[
      'oil',
      '"oil gas"',
      'oil*',
      'oil -gas',
      'oil NEAR/5 gas',
      '(oil OR gas) NEAR/3 (coal OR "crude steel price")',
    ],
    ...[
      '"oil gas coal"~5',
      'ANY/2 (oil, gas, coal)',
      'title:(oil gas)',
      'case:US',
      'lang:ru oil',
      'source:bbc',
      'site:a.b',
    ],
  ])
    expect(exact(text), text).toBe(true)
  for (const text of [
    'oil ONEAR/5 gas',
    'oil NEAR/5 oil',
    'oil NEAR/5 oil*',
    '"oil* gas"',
    'oil{2}',
    'case:Turkey',
    '-oil',
  ])
    expect(exact(text), text).toBe(false)
})

test('a NEAR of more pairs than asked for is a superset without pairs', () => {
  const context = { concepts: new Map(), sources: () => [] }
  const query = parse('(oil OR gas) NEAR/3 (coal OR steel)')
  const spelledOut = toFts(query, { ...context, mostPairs: 4 })
  expect(spelledOut.exact).toBe(true)
  expect(spelledOut.match?.match(/NEAR/g)).toHaveLength(4)
  const loose = toFts(query, { ...context, mostPairs: 3 })
  expect(loose.exact).toBe(false)
  expect(loose.match).not.toContain('NEAR')
})

test('where full text is a superset, few stories are looked at for those that match', () => {
  const db = emptyArchive()
  const stories = fc.sample(story, { numRuns: 300, seed: 9 })
  fill(db, stories)
  const candidates = db.prepare('SELECT count(*) FROM story_words WHERE story_words MATCH ?').pluck()
  const search = searchOf(db)
  const context = { concepts: new Map(), sources: () => [] }
  for (const [text, most] of [
    ['oil ONEAR/2 gas', 3],
    ['"oi* gas"', 4],
    ['case:"US" oil', 2],
    ['oil{2}', 4],
    ['oil NEAR/1 gas NEAR/1 us', 2],
  ] as const) {
    const looked = candidates.get(toFts(parse(text), context).match) as number
    const { stories: found } = search.count(parse(text))
    expect(found, text).toBeGreaterThan(0)
    expect(looked / found, text).toBeLessThanOrEqual(most)
  }
  db.close()
})
