import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryTokens } from './highlight.ts'

const shown = (text: string) =>
  queryTokens(text).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`)

test.each([
  ['oil AND "no limits"', ['word oil', 'operator AND', 'phrase "no limits"']],
  ['-oil NOT @china', ['operator -', 'word oil', 'operator NOT', 'concept @china']],
  [
    'title:oil lang:(ru OR en)',
    [
      ...['field title:', 'word oil', 'field lang:', 'bracket (', 'value ru', 'operator OR', 'value en'],
      'bracket )',
    ],
  ],
  [
    '-source:"BBC World" title:@china',
    [...['operator -', 'field source:', 'value "BBC World"', 'field title:', 'concept @china']],
  ],
  [
    'a NEAR/5 b ONEAR c AROUND(5) d',
    [
      ...[
        'word a',
        'operator NEAR/5',
        'word b',
        'operator ONEAR',
        'word c',
        'operator AROUND',
        'bracket (',
        'operator 5',
      ],
      ...['bracket )', 'word d'],
    ],
  ],
  [
    'ANY/2 (a, b{3}) "x y"~5 repeat2:oil',
    [
      ...['operator ANY/2', 'bracket (', 'word a', 'bracket ,', 'word b', 'operator {3}', 'bracket )'],
      ...['phrase "x y"', 'operator ~5', 'operator repeat2:', 'word oil'],
    ],
  ],
  ['10:30 autor:smith "open', ['word 10:30', 'error autor:', 'word smith', 'error "open']],
  [
    'oil{x} is:unread case:US',
    ['word oil', 'error {x}', 'field is:', 'value unread', 'field case:', 'word US'],
  ],
])('%s', (text, expected) => {
  expect(shown(text)).toEqual(expected)
})

test('whatever is written, the pieces are in order, do not overlap, and leave out only space', () => {
  const piece = fc.constantFrom(
    ...[
      'AND ',
      '-',
      '(',
      ')',
      '"',
      '{2}',
      '{',
      '~5',
      '@a',
      'title:',
      'lang:',
      ',',
      ' ',
      'oil',
      'ANY/2 ',
      '普',
    ],
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece).map((p) => p.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        let end = 0
        for (const token of queryTokens(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end)
          expect(token.end).toBeGreaterThan(token.start)
          expect(text.slice(end, token.start).trim()).toBe('')
          end = token.end
        }
        expect(text.slice(end).trim()).toBe('')
      },
    ),
    { numRuns: 1000 },
  )
})
