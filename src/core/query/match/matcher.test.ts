import { describe, expect, test } from 'vitest'
import type { Query, Term, WordsTerm } from '../language/ast.ts'
import { words } from '../words/words.ts'
import { createMatcher, evaluate, evidence } from './matcher.ts'
import type { ConceptBook, Subject } from './subject.ts'
import { tokenise } from './tokenise.ts'

/** A term as QUERY.md writes it: words, `*` for a prefix, a leading `=` for exact. */
const t = (text: string): WordsTerm => ({
  type: 'words',
  exact: text.startsWith('='),
  words: text
    .replace(/^=/, '')
    .split(' ')
    .map((w) => ({ text: w.replace(/\*$/, ''), prefix: w.endsWith('*') })),
})
const near = (left: Term, distance: number, right: Term, ordered = false): Query => ({
  type: 'near',
  left,
  right,
  distance,
  ordered,
})
const concepts: ConceptBook = new Map([
  ['jordan', { name: 'jordan', forms: [t('jordan'), t('amman')], except: [t('michael jordan')] }],
  ['xi', { name: 'xi', forms: [t('xi'), t('xi jinping')], except: [] }],
])
const jordan: Term = { type: 'concept', name: 'jordan' }
const story = (over: Partial<Subject>): Subject => ({
  title: '',
  summary: '',
  text: '',
  published: null,
  ...over,
})
const context = { now: Date.UTC(2025, 4, 9, 12), timeZone: 'UTC', concepts }

const cases: [string, Query, Partial<Subject>, boolean][] = [
  ['a word, case and accents ignored', t('cafe'), { text: 'Le CAFÉ noir' }, true],
  ['a phrase does not cross fields', t('no limits'), { title: 'no', summary: 'limits' }, false],
  ['a wildcard in a phrase', t('energ* deal'), { title: 'An energy deal' }, true],
  ['exact case', t('=US'), { title: 'The US and us' }, true],
  ['exact case refuses the other', t('=US'), { title: 'tell us about it' }, false],
  ['NEAR counts the words between', near(t('a'), 1, t('c')), { title: 'a b c' }, true],
  ['NEAR refuses one more', near(t('a'), 0, t('c')), { title: 'a b c' }, false],
  ['NEAR in either order', near(t('c'), 1, t('a')), { title: 'a b c' }, true],
  ['ONEAR in this order only', near(t('c'), 1, t('a'), true), { title: 'a b c' }, false],
  ['NEAR wants two occurrences', near(t('a'), 5, t('a')), { title: 'b a b' }, false],
  ['NEAR takes two of the same', near(t('a'), 5, t('a')), { title: 'a b a' }, true],
  ['overlapping occurrences are not near', near(t('a b'), 5, t('b c')), { title: 'a b c' }, false],
  ['an exception hides a form', jordan, { title: 'Michael Jordan wins' }, false],
  ['but not another place', jordan, { title: 'Michael Jordan in Jordan' }, true],
  [
    'count over all fields',
    { type: 'count', of: t('a'), atLeast: 3 },
    { title: 'a', summary: 'a', text: 'a' },
    true,
  ],
  [
    'overlapping forms count once',
    { type: 'count', of: { type: 'concept', name: 'xi' }, atLeast: 2 },
    { title: 'Xi Jinping' },
    false,
  ],
  [
    'ANY wants different ones',
    { type: 'any', atLeast: 2, of: [t('a'), t('b'), t('c')] },
    { title: 'a a a' },
    false,
  ],
  ['ANY has two', { type: 'any', atLeast: 2, of: [t('a'), t('b'), t('c')] }, { title: 'a', text: 'c' }, true],
  [
    'a window in any order',
    { type: 'window', distance: 1, words: t('a b c').words },
    { title: 'c x a b' },
    true,
  ],
  [
    'a window too wide',
    { type: 'window', distance: 1, words: t('a b c').words },
    { title: 'c x a y b' },
    false,
  ],
  [
    'a window wants a place for each word',
    { type: 'window', distance: 5, words: t('a* ab c').words },
    { title: 'ab c' },
    false,
  ],
  ['a field', { type: 'field', field: 'title', of: t('a') }, { text: 'a' }, false],
  ['NOT', { type: 'not', of: t('a') }, { text: 'b' }, true],
  ['no date matches no date filter', { type: 'date', op: 'before', value: '2026-01-01' }, {}, false],
  [
    'on a day',
    { type: 'date', op: 'on', value: '2025-05-09' },
    { published: Date.UTC(2025, 4, 9, 23, 59) },
    true,
  ],
  ['within', { type: 'date', op: 'within', value: '2h' }, { published: Date.UTC(2025, 4, 9, 9) }, false],
  ['a language covers its regions', { type: 'filter', field: 'lang', value: 'zh' }, { lang: 'zh-cn' }, true],
  [
    'a site covers what is under it',
    { type: 'filter', field: 'site', value: 'bbc.co.uk' },
    { url: 'https://www.news.bbc.co.uk/1' },
    true,
  ],
  [
    'but not a longer name',
    { type: 'filter', field: 'site', value: 'bbc.co.uk' },
    { url: 'https://notbbc.co.uk/' },
    false,
  ],
]

describe.each([true, false])('prefilter %s', (prefilter) => {
  test.each(cases)('%s', (_name, query, over, expected) => {
    const subject = tokenise(story(over))
    expect(evaluate(query, subject, context)).toBe(expected)
    const matcher = createMatcher(context, { prefilter })
    matcher.set('other', t('zebra'))
    matcher.set('q', query)
    expect(matcher.match(subject, context.now)).toEqual(expected ? ['q'] : [])
  })

  test('a query replaced or deleted leaves nothing behind', () => {
    const matcher = createMatcher(context, { prefilter })
    matcher.set('q', t('oil'))
    matcher.set('r', t('oil'))
    matcher.set('q', t('gas*'))
    expect(matcher.match(tokenise(story({ title: 'oil gasoline' })), 0).sort()).toEqual(['q', 'r'])
    matcher.delete('q')
    matcher.delete('r')
    expect(matcher.match(tokenise(story({ title: 'oil gasoline' })), 0)).toEqual([])
    expect(matcher.terms).toBe(0)
  })
})

test('stories read before the lexicon filled up are matched as ever', () => {
  const matcher = createMatcher(context)
  matcher.set('q', t('oil'))
  matcher.set('r', t('gas price*'))
  const before = tokenise(story({ title: 'Oil and gas prices' }))
  expect(matcher.match(before, 0).sort()).toEqual(['q', 'r'])
  const noise = Array.from({ length: 200_000 }, (_, i) => `x${i}`).join(' ')
  expect(words(noise).folded.at(-1)).toBe('x199999')
  const after = tokenise(story({ title: 'Oil and gas prices' }))
  expect(after.fields[0]?.numbers.generation).not.toBe(before.fields[0]?.numbers.generation)
  for (const read of [before, after, before]) expect(matcher.match(read, 0).sort()).toEqual(['q', 'r'])
})

test('covering terms are learnt from the stories, and change no answer', () => {
  const matcher = createMatcher(context)
  matcher.set('q', { type: 'and', of: [t('government'), t('eu')] })
  // The longer word is taken to be the rarer one, until the stories say otherwise.
  const read = (title: string, times: number) => {
    const before = matcher.candidates
    for (let i = 0; i < times; i++)
      expect(matcher.match(tokenise(story({ title })), 0)).toEqual(/EU gov/.test(title) ? ['q'] : [])
    return matcher.candidates - before
  }
  expect(read('The government resigns', 100)).toBeLessThan(40)
  expect(read('The EU government', 1)).toBe(1)
  expect(read('The EU', 1000)).toBeLessThan(200)
  expect(read('The government', 1)).toBe(1)
  expect(read('The EU government', 1)).toBe(1)
})

test('what was kept of words is forgotten when queries come, go or share a term', () => {
  const matcher = createMatcher(context)
  for (let i = 0; i < 50; i++) matcher.set(`w${i}`, t(`w${i}`))
  const read = tokenise(story({ title: 'Oil from Amman' }))
  const matches = () => matcher.match(read, 0).sort()
  expect(matches()).toEqual([])
  matcher.set('oil', t('oil'))
  expect(matches()).toEqual(['oil'])
  matcher.set('jordan', jordan)
  expect(matches()).toEqual(['jordan', 'oil'])
  // The word counted for the concept alone so far.
  matcher.set('amman', t('amman'))
  expect(matches()).toEqual(['amman', 'jordan', 'oil'])
  matcher.delete('oil')
  matcher.delete('jordan')
  expect(matches()).toEqual(['amman'])
})

test('a phrase is found whatever its second word was before it was asked for', () => {
  const matcher = createMatcher({ concepts, timeZone: 'UTC' })
  for (let i = 0; i < 40; i++) matcher.set(`other${i}`, t(`word${i} after`))
  const text = 'The European Union, the unions of Europe; the european union'
  const found = () => matcher.match(tokenise(story({ text })), 0).sort()
  expect(found()).toEqual([])
  matcher.set('plain', t('european union'))
  expect(found()).toEqual(['plain'])
  matcher.set('prefix', t('the uni*'))
  matcher.set('exact', t('=European Union'))
  matcher.set('other case', t('=EUROPEAN Union'))
  matcher.set('exact prefix', t('=The Euro*'))
  matcher.set('long', t('the unions of europe'))
  expect(found()).toEqual(['exact', 'exact prefix', 'long', 'plain', 'prefix'])
  for (const id of ['plain', 'exact', 'other case']) matcher.delete(id)
  expect(found()).toEqual(['exact prefix', 'long', 'prefix'])
})

test('exact forms are distinguished however many queries there are, and where marks are read with their letters', () => {
  const matcher = createMatcher(context)
  for (let i = 0; i < 50; i++) matcher.set(`w${i}`, t(`w${i}`))
  matcher.set('cafe', t('=cafe'))
  matcher.set('café', t('=café'))
  matcher.set('Caf*', t('=Caf*'))
  matcher.set('Café Noir', t('=Café Noir'))
  const matches = (title: string) => matcher.match(tokenise(story({ title })), 0).sort()
  for (let round = 0; round < 2; round++) {
    expect(matches('the cafe')).toEqual(['cafe'])
    expect(matches('the caf\u00e9')).toEqual(['café'])
    expect(matches('the cafe\u0301')).toEqual(['café'])
    expect(matches('Cafe\u0301 Noir')).toEqual(['Caf*', 'Café Noir'])
    expect(matches('Café noir')).toEqual(['Caf*'])
    expect(matches('CAFE')).toEqual([])
  }
})

test('a chain spans its operands', () => {
  const chain: Query = {
    type: 'near',
    distance: 1,
    ordered: false,
    left: near(t('a'), 1, t('b')) as Extract<Query, { type: 'near' }>,
    right: t('c'),
  }
  expect(evaluate(chain, tokenise(story({ title: 'a x b x c' })), context)).toBe(true)
  expect(evaluate(chain, tokenise(story({ title: 'a x b x x c' })), context)).toBe(false)
})

test('evidence is what made it true, in the original text', () => {
  const title = 'Пути́н and  Xi meet; Xi leaves much later than anybody had thought'
  const query: Query = { type: 'and', of: [near(t('путин'), 2, t('xi')), { type: 'not', of: t('zebra') }] }
  const spans = evidence(query, tokenise(story({ title })), context)
  expect(spans.map(({ start, end }) => title.slice(start, end))).toEqual(['Пути́н', 'Xi'])
})

test('a term that a query has in several places is evidence in the fields of all of them, once in each', () => {
  const within = (field: 'title' | 'text', of: Query): Query => ({ type: 'field', field, of })
  const subject = story({ title: 'Ferry', summary: 'Ferry', text: 'No ferry' })
  const found = (query: Query) =>
    evidence(query, tokenise(subject), context).map(({ field, start }) => [field, start])
  const both: Query = { type: 'and', of: [within('title', t('ferry')), within('text', t('ferry'))] }
  expect(found(both)).toEqual([
    ['title', 0],
    ['text', 3],
  ])
  expect(found({ type: 'and', of: [both, within('text', t('ferry'))] })).toEqual(found(both))
  expect(found({ type: 'or', of: [both, t('ferry')] })).toHaveLength(3)
})

test('local days follow the zone, also where the clock changes', () => {
  const on: Query = { type: 'date', op: 'on', value: '2025-03-30' }
  const berlin = { ...context, timeZone: 'Europe/Berlin' }
  const at = (ms: number) => evaluate(on, tokenise(story({ published: ms })), berlin)
  expect(at(Date.UTC(2025, 2, 29, 23))).toBe(true)
  expect(at(Date.UTC(2025, 2, 29, 22, 59))).toBe(false)
  expect(at(Date.UTC(2025, 2, 30, 21, 59))).toBe(true)
  expect(at(Date.UTC(2025, 2, 30, 22))).toBe(false)
})

test('of the watched concepts those are named that a story holds, where it holds more than their exceptions', () => {
  const matcher = createMatcher(context)
  matcher.watchConcepts(['xi', 'jordan'])
  const inStory = (text: string): (readonly [string, number])[] => {
    const read = tokenise(story({ text }))
    return matcher.conceptsIn(read).map((name) => [name, matcher.conceptOccurrences(name, read).length])
  }
  expect(inStory('Amman, Jordan: Xi Jinping lands')).toEqual([
    ['xi', 2],
    ['jordan', 2],
  ])
  expect(inStory('rain')).toEqual([])
  // Only as an exception: a form occurs, but it counts nowhere.
  expect(inStory('Michael Jordan')).toEqual([['jordan', 0]])
})
