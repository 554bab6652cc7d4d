import { expect, test } from 'vitest'
import { parseQuery } from '../query/language/parse.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import type { Subject } from '../query/match/subject.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { conceptBook } from '../watch/conceptBook.ts'
import { inEnglish } from './reasons.ts'
import { why } from './why.ts'
import { whyNot } from './whyNot.ts'

const concepts = conceptBook([
  { name: 'russia-side', forms: ['Putin', 'Moscow', 'Russia*'], except: [] },
  { name: 'china-side', forms: ['case:"Xi"', 'Beijing', 'Chinese'], except: [] },
])
const labels: Record<string, string> = { 'russia-side': 'The Russian side', 'china-side': 'The Chinese side' }
const context = { concepts, timeZone: 'UTC', now: 0, label: (name: string) => labels[name] ?? name }
const story = (over: Partial<Subject>) =>
  tokenise({ title: '', summary: '', text: '', published: null, ...over })
const read = (query: string) => parseQuery(query, { use: 'theme' }).query

const whyOf = (query: string, over: Partial<Subject>): string => {
  const tokenised = story(over)
  return why('Russia–China', 0.9, createEvaluator(read(query), context).evidence(tokenised, 0), tokenised)
}
const whyNotOf = (query: string, over: Partial<Subject>, threshold = 0): string =>
  whyNot({ key: 'own', name: 'Russia–China', query: read(query), threshold }, story(over), context)

test('a tag says what stands where and how near', () => {
  expect(
    whyOf('@russia-side NEAR/8 @china-side', {
      title: 'Putin says that he looks forward to Xi',
      text: 'Moscow is a friend of Chinese trade.',
    }),
  ).toBe(
    'Russia–China: Putin and Xi stand 6 words apart in the title; Moscow and Chinese stand 4 words apart in the text (strength 0.90).',
  )
})

test('one word is counted, neighbours stand side by side', () => {
  expect(whyOf('putin', { text: 'Putin, Putin and PUTIN' })).toContain('Putin stands 3 times in the text')
  expect(whyOf('@russia-side NEAR/3 @china-side', { title: 'Moscow, Beijing agree' })).toContain(
    'Moscow and Beijing stand side by side in the title',
  )
})

test.each<[string, string, Partial<Subject>, string]>([
  [
    'a side that is missing, and the one that is there',
    '@russia-side NEAR/8 @china-side',
    { title: 'Moscow raises taxes' },
    'Russia–China: “The Russian side” is there (Moscow); nothing of “The Chinese side” is in the story.',
  ],
  [
    'two sides too far apart',
    '@russia-side NEAR/2 @china-side',
    { title: 'Moscow and a great many others wrote to Beijing' },
    'Russia–China: “The Russian side” and “The Chinese side” stand 7 words apart, at most 2 are asked for.',
  ],
  [
    'two sides in different fields',
    '@russia-side NEAR/2 @china-side',
    { title: 'Moscow', text: 'Beijing' },
    'Russia–China: “The Russian side” and “The Chinese side” are not in the same field.',
  ],
  [
    'what the theme leaves out',
    '@china-side -tennis',
    { title: 'Tennis in Beijing' },
    'Russia–China: “The Chinese side” is there (Beijing); Tennis is in the story, and the theme leaves it out.',
  ],
  [
    'a word that is not in the title',
    'title:putin',
    { text: 'Putin' },
    'Russia–China: “putin” is in the story, but not in the title.',
  ],
  [
    'several parts that are not in the title',
    'title:(@china-side AND ANY/1 (@russia-side, tennis))',
    { text: 'Beijing, Moscow' },
    'Russia–China: “The Chinese side” and 1 of “The Russian side” and “tennis” is in the story, but not in the title.',
  ],
  ['a word too rare', 'putin{3}', { text: 'Putin' }, 'Russia–China: “putin” occurs less than 3 times.'],
  [
    'an order',
    'xi ONEAR/3 putin',
    { text: 'Putin, Xi' },
    'Russia–China: “xi” does not stand before “putin”.',
  ],
  [
    'a filter',
    'putin bloc:EU',
    { text: 'Putin' },
    'Russia–China: “putin” is there (Putin); bloc:EU does not hold.',
  ],
  ['nothing at all', 'putin', { text: 'Rain' }, 'Russia–China: Nothing of “putin” is in the story.'],
])('why not: %s', (_what, query, over, expected) => expect(whyNotOf(query, over)).toBe(expected))

test('of several alternatives the nearest is explained', () => {
  expect(whyNotOf('zebra OR @russia-side NEAR/8 @china-side', { title: 'Moscow' })).toContain(
    'The Chinese side',
  )
})

test('a story below the threshold is told so', () => {
  const text = `${'filler '.repeat(900)}Putin`
  expect(whyNotOf('putin', { text }, 0.35)).toMatch(
    /^Russia–China: Its words are there, but it is not about them: strength 0\.[01]\d, the theme asks for 0\.35\.$/,
  )
})

test.each([
  [0.5479, 0.55, 'strength 0.548, the theme asks for 0.550'],
  [0.54996, 0.55, 'strength 0.54996, the theme asks for 0.55000'],
  [0.38, 0.55, 'strength 0.38, the theme asks for 0.55'],
])('a strength of %d below %d is told as a lower figure', (score, threshold, told) =>
  expect(inEnglish({ key: 'strength', score, threshold })).toContain(told),
)
