import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { queries } from '../fixtures/generate.ts'
import { type Query, QueryError } from './ast.ts'
import { parseQuery, parseTerm, type Use } from './parse.ts'
import { printQuery } from './print.ts'

const concepts = new Map(
  ['china', 'china-side', 'russia', 'russia-side', 'xi-jinping'].map((name) => [name, 0]),
)
const parse = (text: string, use: Use = 'search') => parseQuery(text, { use, concepts })
const canonical = (text: string): string => printQuery(parse(text).query)
const bare = (query: Query): unknown =>
  JSON.parse(JSON.stringify(query, (key, value) => (key === 'at' ? undefined : value)))

function refusal(text: string, use: Use = 'search'): QueryError {
  try {
    parse(text, use)
  } catch (error) {
    if (error instanceof QueryError) return error
    throw error
  }
  throw new Error(`${text} was accepted`)
}

test.each([
  ['Sanctions', 'sanctions'],
  ['Russia-China', '"russia china"'],
  ['普京', '"普 京"'],
  ["Xi's visit", '"xi s" AND visit'],
  ['“no limits”', '"no limits"'],
  ['„no limits«', '"no limits"'],
  ['energ* deal', 'energ* AND deal'],
  ['"energ* deal"', '"energ* deal"'],
  ['a AND b OR c', '(a AND b) OR c'],
  ['a and b', 'a AND and AND b'],
  ['near/5', '"near 5"'],
  ['10:30', '"10 30"'],
  ['10,000', '"10 000"'],
  ['a -b', 'a AND NOT b'],
  ['a -"b c"', 'a AND NOT "b c"'],
  ['-(a OR b)', 'NOT (a OR b)'],
  ['NOT a NEAR/2 b', 'NOT a NEAR/2 b'],
  ['a NEAR b', 'a NEAR/4 b'],
  ['a ONEAR b', 'a ONEAR/4 b'],
  ['a NEAR/5f b', 'a ONEAR/5 b'],
  ['a AROUND(5) b', 'a NEAR/5 b'],
  ['(a NEAR/5 b) NEAR/3 c', 'a NEAR/5 b NEAR/3 c'],
  ['a NEAR/5 (b OR "c d" OR @china)', 'a NEAR/5 (b OR "c d" OR @china)'],
  ['"xi putin"~5', 'xi NEAR/5 putin'],
  ['"a b c"~5', '"a b c"~5'],
  ['@China', '@china'],
  ['@china{3}', '@china{3}'],
  ['repeat3:oil', 'oil{3}'],
  ['repeat2:"oil gas"', '"oil gas"{2}'],
  ['"oil gas"{2}', '"oil gas"{2}'],
  ['ANY/2(a, b, c)', 'ANY/2 (a, b, c)'],
  ['ANY/1 ("a, b", c, C)', 'ANY/1 ("a b", c)'],
  ['case:US', 'case:"US"'],
  ['raw:"New York"', 'case:"New York"'],
  ['case:Ru*', 'case:"Ru*"'],
  ['intitle:oil', 'title:oil'],
  ['body:(oil OR gas)', 'text:(oil OR gas)'],
  ['TITLE:"oil gas"', 'title:"oil gas"'],
  ['source:"BBC World"', 'source:"bbc world"'],
  ['site:https://www.BBC.co.uk/news', 'site:bbc.co.uk'],
  ['lang:(ru OR EN)', 'lang:ru OR lang:en'],
  ['bloc:eu kind:State', 'bloc:EU AND kind:state'],
  ['theme:Russia-China', 'theme:russia-china'],
  ['is:unread has:note', 'is:unread AND has:note'],
  ['after:2025-5-1 within:7D', 'after:2025-05-01 AND within:7d'],
  ['fetched:2025-05-08T18:40:05', 'fetched:2025-05-08T18:40:05'],
  ['((a))', 'a'],
  ['(a AND b) AND c', 'a AND b AND c'],
  ['-football', 'NOT football'],
])('%s is read as %s', (text, expected) => {
  expect(canonical(text)).toBe(expected)
  expect(canonical(expected)).toBe(expected)
})

test('mixing AND and OR warns and shows how it was read', () => {
  expect(parse('a b OR c').warnings).toEqual([
    { message: 'AND binds before OR; read as: (a AND b) OR c', at: { start: 0, end: 8 } },
  ])
  expect(parse('(a b) OR c').warnings).toEqual([])
})

describe('errors say what and where', () => {
  test.each([
    ['', 'empty', 0],
    ['oil "gas', 'never closed', 4],
    ['(oil', 'never closed', 0],
    ['oil)', 'closes nothing', 3],
    ['()', 'empty', 1],
    ['oil AND', 'missing after AND', 4],
    ['OR oil', 'needs something on both sides', 0],
    ['oil NOT', 'missing after NOT', 4],
    ['*', 'lone *', 0],
    ['oil -', 'lone -', 4],
    ['*tion', 'end of a word', 0],
    ['sanc*ed', 'Inside a word', 0],
    ['🔥', 'holds no word', 0],
    ['...', 'holds no word', 0],
    ['""', 'hold no word', 1],
    ['autor:smith', 'Did you mean author', 0],
    ['https://example.org/a', 'quotation marks', 0],
    ['title: oil', 'without a space', 0],
    ['title:(a summary:b)', 'do not nest', 9],
    ['a{0}', '1 or more', 1],
    ['a{x}', '1 or more', 1],
    ['ANY/0 (a, b)', '1 to 2', 0],
    ['ANY/3 (a, b)', '1 to 2', 0],
    ['@nobody', 'no concept', 0],
    ['a NEAR/5 (b NEAR/5 c)', 'on the left', 9],
    ['a NEAR/5 (b AND c)', 'joins words', 9],
    ['NEAR(a b,5)', 'between two terms', 0],
    ['a W/5 b', 'NEAR/5', 2],
    ['a && b', 'AND', 2],
    ['+oil', 'leave the + out', 0],
    ['/reg.x/', 'Regular expressions', 0],
    ['on:2025-02-30', 'no such date', 3],
    ['within:7x', 'h, d, w or m', 7],
    ['is:new', 'is:unread', 3],
    ['@rus', 'Did you mean @russia?', 0],
    ['@chnia', 'Did you mean @china?', 0],
  ])('%s: %s', (text, message, start) => {
    const error = refusal(text)
    expect(error.message).toContain(message)
    expect(error.at.start).toBe(start)
  })

  test.each([
    ['oil "the sanc*ed deal" gas', 'sanc*ed'],
    ['oil (sanc*ed), gas', 'sanc*ed'],
    ['oil "big *tion, gas"', '*tion'],
    ['oil @china, gas', ','],
    ['oil -@rus gas', '@rus'],
    ['repeat0:oil', 'repeat0:'],
    ['title:(a summary:b)', 'summary:'],
    ['gas lang:ru on:2025-02-30 oil', '2025-02-30'],
    ['gas is:"new"', '"new"'],
    ['oil +gas', '+'],
    ['oil !gas', '!'],
    ['oil^2.5 gas', '^2.5'],
    ['oil gas~2', '~2'],
  ])('%s is wrong at %s', (text, marked) => {
    const { at } = refusal(text)
    expect(text.slice(at.start, at.end)).toBe(marked)
  })

  test.each([
    ['oil sanc*ed gas', 'oil sanc* gas'],
    ['oil "the sanc*ed deal"', 'oil "the sanc* deal"'],
    ['@rus NEAR/5 gas', '@russia NEAR/5 gas'],
    ['gas @Chnia', 'gas @china'],
    ['gas @china-sied', 'gas @china-side'],
    ['@china, @russia', '@china @russia'],
    ['auth:smith', 'author:smith'],
  ])('%s is repaired to %s', (text, repaired) => expect(refusal(text).repair).toBe(repaired))

  test('what resembles nothing is given no repair', () => {
    for (const text of ['@zebra', '@x', 'xyzzy:a']) expect(refusal(text).repair, text).toBeUndefined()
  })

  test('a repair is itself a query', () => {
    for (const text of [
      'oil "gas',
      '(oil',
      'oil)',
      'autor:smith',
      'https://example.org/a',
      'a W/5 b',
      'a && b',
      '+oil',
      '!oil',
    ]) {
      const { repair } = refusal(text)
      expect(repair, text).toBeDefined()
      expect(() => parse(repair as string), text).not.toThrow()
    }
  })

  test('themes and alerts may not depend on the reader', () => {
    expect(refusal('oil is:unread', 'alert').message).toContain('read')
    expect(refusal('NOT oil', 'theme').message).toContain('looks for')
    expect(refusal('oil within:7d', 'theme').message).toContain('within:')
    expect(() => parse('oil theme:taiwan within:7d', 'alert')).not.toThrow()
    expect(() => parse('oil NOT is:copy', 'theme')).not.toThrow()
    expect(() => parse('NOT oil')).not.toThrow()
  })

  test('what is too large is refused, not hung on', () => {
    expect(refusal('('.repeat(30_000)).message).toContain('50 deep')
    expect(refusal('-'.repeat(1000)).message).toMatch(/deep|lone/)
    expect(refusal(Array.from({ length: 2001 }, (_, i) => `w${i}`).join(' ')).message).toContain('2,000')
    expect(refusal('é'.repeat(40_000)).message).toContain('64 KiB')
  })
})

const vocabulary = {
  words: ['oil', 'gas', 'sanction', '普', 'путин', 'xi2', 'київ'],
  exact: ['US', 'Straße', 'É'],
  concepts: ['china', 'xi-jinping'],
  filters: [
    'lang:zh',
    'source:"bbc world"',
    'is:copy',
    'after:2025-05-01',
    'within:3d',
    'theme:taiwan',
    'site:a.example',
  ].map((text) => parse(text).query),
}

test('a printed query parses to the same tree', () => {
  fc.assert(
    fc.property(queries(vocabulary), (query) => {
      const text = printQuery(query)
      expect(bare(parse(text).query)).toEqual(bare(query))
      expect(canonical(text)).toBe(text)
    }),
    { numRuns: 3000 },
  )
})

const piece = fc.constantFrom(
  ...[
    'AND ',
    'OR ',
    'NOT ',
    '-',
    '(',
    ')',
    '"',
    '“',
    '{2}',
    '{',
    '}',
    '~5',
    '@',
    'title:',
    'lang:',
    'NEAR/3 ',
    'ANY/2',
    ', ',
    '*',
    'case:',
    'oil',
    ' ',
    '普',
    '🔥',
    'after:',
    '2025-01-01',
    'AROUND(',
    '\u00ad',
    '\ud800',
    '/',
    ':',
    'repeat2:',
  ],
)

test('whatever is pasted, the answer is a query or a QueryError', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 30 }).map((p) => p.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        try {
          const { query } = parse(text)
          expect(bare(parse(printQuery(query)).query)).toEqual(bare(query))
        } catch (error) {
          if (!(error instanceof QueryError)) throw error
          expect(error.at.start).toBeLessThanOrEqual(error.at.end)
          expect(error.at.end).toBeLessThanOrEqual(text.length)
        }
      },
    ),
    { numRuns: 5000 },
  )
})

test('a form is read as the query that it would be', () => {
  const parts = [
    'AND',
    'OR',
    'NEAR',
    'AROUND',
    'NOT',
    'oil',
    'Öl',
    '习近平',
    'и',
    '"',
    '“',
    '*',
    ' ',
    '-',
    '@',
    'case:',
    '5',
    'W/5',
    '.',
    '~',
    '!',
  ]
  const outcome = (read: () => unknown): unknown => {
    try {
      return read()
    } catch (error) {
      return error instanceof QueryError
        ? { message: error.message, at: error.at, repair: error.repair }
        : error
    }
  }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 5 }), fc.boolean(), (pieces, quoted) => {
      const text = quoted ? `"${pieces.join('')}"` : pieces.join('')
      const asQuery = outcome(() => parseQuery(text, { use: 'match' }).query) as { type?: string }
      if (asQuery.type !== undefined && asQuery.type !== 'words') return
      expect(outcome(() => parseTerm(text))).toEqual(asQuery)
    }),
    { numRuns: 3000 },
  )
})
