import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setDates } from './dateFilters.ts'
import {
  addFilter,
  hasValue,
  readFilters,
  removeFilter,
  setFilter,
  toggleValue,
  valuesOf,
  withoutFilters,
} from './filters.ts'
import { parseQuery } from './parse.ts'
import { printFilter, printQuery } from './print.ts'

const canonical = (text: string): string => printQuery(parseQuery(text, { use: 'search' }).query)
const brief = (text: string): string[] =>
  readFilters(text).map((f) => `${f.negated ? 'not ' : ''}${f.field}=${f.values.join('|')}`)

test('filters at the top level are read, whatever way they are written', () => {
  expect(brief('sanctions lang:ru')).toEqual(['lang=ru'])
  expect(brief('Lang:ru AND theme:russia-china AND oil')).toEqual(['lang=ru', 'theme=russia-china'])
  expect(brief('source:"BBC World" -kind:wire NOT bloc:EU')).toEqual([
    'source=BBC World',
    'not kind=wire',
    'not bloc=EU',
  ])
  expect(brief('lang:(ru OR "zh-cn") is:unread')).toEqual(['lang=ru|zh-cn', 'is=unread'])
  expect(brief('after:2025-05-08T18:40')).toEqual(['after=2025-05-08T18:40'])
})

test('what only looks like a filter is none', () => {
  expect(brief('"lang:ru"')).toEqual([])
  expect(brief('(lang:ru oil)')).toEqual([])
  expect(brief('oil OR lang:ru')).toEqual([])
  expect(brief('title:oil case:US 10:30')).toEqual([])
  expect(brief('lang:ru "never closed')).toEqual([])
  expect(brief('lang:(ru AND en)')).toEqual([])
})

test('a filter narrows a choice as a whole', () => {
  expect(setFilter('oil OR gas', 'lang', ['ru'])).toBe('(oil OR gas) lang:ru')
  expect(setFilter('(oil OR gas) lang:ru', 'lang', [])).toBe('oil OR gas')
})

test('changing a filter leaves the rest as the person wrote it', () => {
  expect(setFilter('Oil  AND lang:ru  AND "Gas deal"', 'lang', ['en', 'de'])).toBe(
    'Oil  AND lang:(en OR de)  AND "Gas deal"',
  )
  expect(setFilter('Oil AND lang:ru AND "Gas deal"', 'lang', [])).toBe('Oil AND "Gas deal"')
  expect(setFilter('lang:ru AND oil', 'lang', [])).toBe('oil')
  expect(setFilter('lang:ru', 'lang', [])).toBe('')
})

test('values toggle one by one, case-blind', () => {
  const one = toggleValue('oil', 'bloc', 'EU')
  const two = toggleValue(one, 'bloc', 'RU')
  expect(two).toBe('oil bloc:(EU OR RU)')
  expect(hasValue(two, 'bloc', 'ru')).toBe(true)
  expect(toggleValue(toggleValue(two, 'bloc', 'eu'), 'bloc', 'RU')).toBe('oil')
})

test('a value of several words, or with a quotation mark in it, stays one value', () => {
  expect(printFilter('source', ['The "Line"'])).toBe('source:"The  Line"')
  expect(valuesOf(setFilter('', 'source', ['北湾时报', 'Le Quai']), 'source')).toEqual([
    '北湾时报',
    'Le Quai',
  ])
})

test('dates replace each other', () => {
  expect(setDates('oil within:7d', { after: '2025-05-01', before: '2025-05-08' })).toBe(
    'oil after:2025-05-01 before:2025-05-08',
  )
  expect(setDates('after:2025-05-01 oil before:2025-05-08', { on: '2025-05-02' })).toBe('oil on:2025-05-02')
  expect(setDates('oil fetched:2025-05-01T10:00', {})).toBe('oil')
})

test('the words of a query are what is left without its filters', () => {
  expect(withoutFilters('theme:taiwan AND (chips OR "rare earths") is:unread -lang:ru')).toBe(
    'chips OR "rare earths"',
  )
  expect(withoutFilters('theme:taiwan within:7d')).toBe('')
})

test('a filter never falls into an open quotation mark', () => {
  expect(addFilter('oil "gas', 'lang:ru')).toBe('lang:ru oil "gas')
})

const word = fc.constantFrom(
  'oil',
  'gas*',
  '"no limits"',
  '@china',
  '普京',
  '-war',
  'title:(a OR b)',
  'NOT x',
)
const joined = (of: fc.Arbitrary<string>, by: string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(of, fc.constantFrom(...by)), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([text, join], i) => (i === 0 ? text : join + text)).join(''))
const query = joined(
  fc.oneof(
    word,
    joined(word, [' OR ', ' ']).map((inner) => `(${inner})`),
  ),
  [' ', ' AND ', ' OR ', '  '],
)
const topLevel = (text: string): string[] => {
  const { query } = parseQuery(text, { use: 'search' })
  return (query.type === 'and' ? query.of : [query]).map(printQuery)
}
const piece = fc.constantFrom(
  ...[
    'lang:ru',
    'kind:(state OR wire)',
    'source:"Le Quai"',
    'is:unread',
    '-lang:en',
    'NOT ',
    '-',
    '(',
    ')',
    '"',
  ],
  ...[
    'AND ',
    'OR ',
    ' NEAR/3 ',
    'title:',
    'oil',
    '@china',
    ' ',
    ' ',
    'on:2025-05-01',
    'ANY/1 (',
    ', ',
    '{2}',
    'case:US',
  ],
)

test('what is read as a filter is one to the parser too', () => {
  let filters = 0
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join('')
      let members: string[]
      try {
        members = topLevel(text)
      } catch {
        return
      }
      for (const { start, end, field, values, negated } of readFilters(text)) {
        filters++
        const printed = printFilter(field, values)
        expect(members, text).toContain(canonical(negated ? `NOT ${printed}` : printed))
        expect(canonical(text.slice(start, end)), text).toBe(canonical(negated ? `NOT ${printed}` : printed))
      }
    }),
    { numRuns: 10_000 },
  )
  expect(filters).toBeGreaterThan(300)
})

const filter = fc.oneof(
  fc.tuple(fc.constant('lang'), fc.uniqueArray(fc.constantFrom('ru', 'en', 'zh-cn'), { minLength: 1 })),
  fc.tuple(fc.constant('source'), fc.uniqueArray(fc.constantFrom('Le Quai', 'BBC'), { minLength: 1 })),
  fc.tuple(fc.constant('theme'), fc.uniqueArray(fc.constantFrom('taiwan', 'us-china'), { minLength: 1 })),
)

test('round trip: what is set is read back, means "query AND filter", and is gone once removed', () => {
  fc.assert(
    fc.property(query, fc.array(filter, { maxLength: 3 }), filter, (text, before, [field, values]) => {
      let start = text
      for (const [f, v] of before) if (f !== field) start = setFilter(start, f, v)
      const set = setFilter(start, field, values)
      expect(valuesOf(set, field)).toEqual(values)
      expect(canonical(set)).toBe(canonical(`(${start}) AND ${printFilter(field, values)}`))
      expect(canonical(setFilter(set, field, []))).toBe(canonical(start))
      for (const f of readFilters(set)) expect(() => canonical(removeFilter(set, f))).not.toThrow()
    }),
    { numRuns: 300 },
  )
})
