import fc from 'fast-check'
import { expect, test } from 'vitest'
import { complete } from './complete.ts'
import { parseQuery } from './parse.ts'

const vocabulary = {
  concepts: [
    { name: 'china', label: 'China', type: 'place' },
    { name: 'xi-jinping', label: 'Xi Jinping', type: 'person' },
  ],
  themes: [
    { id: 'russia-china', name: 'Russia–China ties' },
    { id: 'eu-china', name: 'EU–China relations' },
  ],
  sources: [
    { title: 'BBC World', bloc: 'UK', country: 'GB', language: 'en' },
    { title: 'The "Daily" News', bloc: 'EU', country: 'IE', language: 'en' },
    { title: 'RIA Novosti', bloc: 'RU', country: 'RU', language: 'ru' },
  ],
  alerts: ['Pipelines'],
  saved: [{ name: 'Oil watch', query: 'oil OR gas' }],
}
/** The texts after taking each completion; `|` marks the caret. */
function taken(marked: string): string[] {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  return complete(text, caret, vocabulary).map(
    ({ insert, start, end }) => text.slice(0, start) + insert + text.slice(end),
  )
}

test.each([
  ['oil @ch|', ['oil @china']],
  ['oil @jin|', ['oil @xi-jinping']],
  ['tit|', ['title:']],
  ['-titl|', ['-title:']],
  ['(sou|', ['(source:']],
  ['theme:ch|', ['theme:eu-china', 'theme:russia-china']],
  ['theme:russia|-ch oil', ['theme:russia-china oil']],
  ['source:bb|', ['source:"BBC World"']],
  ['source:"BBC W|', ['source:"BBC World"']],
  ['source:dai|', ['source:"The Daily News"']],
  ['lang:(ru OR e|', ['lang:(ru OR en']],
  ['title:(oil OR @ch|', ['title:(oil OR @china']],
  ['lang:|', ['lang:en', 'lang:ru']],
  ['bloc:e|', ['bloc:EU']],
  ['kind:st|', ['kind:state']],
  ['is:un|', ['is:unread']],
  ['alert:pi|', ['alert:"Pipelines"']],
  ['entity:xi|', ['entity:"Xi Jinping"']],
  ['within:7|', ['within:7d']],
  ['title:@ch|', ['title:@china']],
  ['oil NE|', ['oil NEAR/5 ']],
  ['oil wat|', ['oil (oil OR gas)']],
  ['"oil @ch|"', []],
  ['oil OR|', []],
  ['oil NOT|', []],
  ['oil NEAR/5|', []],
  ['|', []],
  ['oil |', []],
])('%s', (marked, expected) => {
  expect(taken(marked)).toEqual(expected)
})

test('a name is offered by its words, whatever their case and accents', () => {
  expect(taken('JINP|')).toEqual(['@xi-jinping'])
})

test('whatever is written, a completion replaces a part of it around the caret', () => {
  const piece = fc.constantFrom(
    ...['source:', '"', 'bb', '@', 'ch', '(', ')', ' ', '-', 'theme:', 'ANY/2', ',', '{'],
  )
  fc.assert(
    fc.property(
      fc.array(piece).map((p) => p.join('')),
      fc.nat(),
      (text, n) => {
        const caret = n % (text.length + 1)
        for (const { start, end, insert } of complete(text, caret, vocabulary)) {
          expect(start).toBeLessThanOrEqual(caret)
          expect(end).toBeGreaterThanOrEqual(caret)
          expect(insert).not.toBe('')
        }
      },
    ),
    { numRuns: 1000 },
  )
})

test('a value that was taken can be read', () => {
  for (const marked of [
    'source:bb|',
    'source:dai|',
    'theme:ch|',
    'alert:pi|',
    'entity:xi|',
    'bloc:e|',
    'is:un|',
  ])
    for (const text of taken(marked)) expect(() => parseQuery(text, { use: 'search' }), text).not.toThrow()
})
