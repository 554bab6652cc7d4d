import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../query/language/parse.ts'
import { createMatcher } from '../query/match/matcher.ts'
import type { Evidence, Subject } from '../query/match/subject.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { merged, score, strength as strengthOf } from './tagger.ts'

const filler = (words: number): string => Array.from({ length: words }, () => 'filler').join(' ')
const story = (over: Partial<Subject>) =>
  tokenise({ title: '', summary: '', text: '', published: null, ...over })
const matcher = createMatcher({ concepts: new Map(), timeZone: 'UTC' })
matcher.set('oil', parseQuery('oil OR pipeline*', { use: 'theme' }).query)

const strength = (over: Partial<Subject>): number => {
  const tokenised = story(over)
  return matcher.match(tokenised, 0).length === 0
    ? 0
    : score(merged(matcher.evidence('oil', tokenised, 0)), tokenised)
}

test('a title says more than a summary, a summary more than the text, its opening more than what follows', () => {
  const ladder = [
    strength({ title: 'oil', text: filler(200) }),
    strength({ summary: 'oil', text: filler(200) }),
    strength({ text: `oil ${filler(200)}` }),
    strength({ text: `${filler(200)} oil` }),
  ]
  expect(ladder).toEqual([...ladder].sort((a, b) => b - a))
  expect(new Set(ladder).size).toBe(4)
})

test('a passage counts more than the same number of scattered mentions', () => {
  const passage = strength({ text: `${filler(100)} oil ${filler(5)} oil ${filler(300)}` })
  const scattered = strength({ text: `${filler(100)} oil ${filler(200)} oil ${filler(105)}` })
  expect(passage).toBeGreaterThan(scattered)
})

test('a mention weighs less the longer the story', () => {
  expect(strength({ text: `${filler(100)} oil ${filler(5000)}` })).toBeLessThan(
    strength({ text: `${filler(100)} oil ${filler(100)}` }),
  )
})

test('a summary that repeats the opening of the text counts once', () => {
  const opening = 'The price of oil rose again on Monday as traders returned from the holidays'
  expect(strength({ summary: opening, text: `${opening}. ${filler(100)}` })).toBe(
    strength({ text: `${opening}. ${filler(100)}` }),
  )
})

test('a score lies between 0 and 1 and grows with what is found', () => {
  const scores = [0, 1, 2, 5, 40].map((n) => {
    const text = Array.from({ length: n }, () => 'oil').join(' filler ')
    const evidence: Evidence[] = [...text.matchAll(/oil/g)].map((m) => ({
      field: 'text',
      start: m.index,
      end: m.index + 3,
    }))
    return score(evidence, story({ text }))
  })
  expect(scores).toEqual([...scores].sort((a, b) => a - b))
  expect(scores[0]).toBe(0)
  expect(scores[4]).toBeLessThanOrEqual(1)
})

test('overlapping spans are one', () => {
  const span = (start: number, end: number, field: Evidence['field'] = 'text'): Evidence => ({
    field,
    start,
    end,
  })
  expect(merged([span(5, 9), span(0, 6), span(0, 3, 'title'), span(9, 12), span(0, 6)])).toEqual([
    span(0, 3, 'title'),
    span(0, 9),
    span(9, 12),
  ])
})

test('a strength is the same by places among words and by spans in the text', () => {
  fc.assert(
    fc.property(
      fc.record({
        title: fc.array(fc.constantFrom('oil', 'pipelines', 'filler', '普', 'é'), { maxLength: 6 }),
        summary: fc.array(fc.constantFrom('oil', 'filler', 'big oil'), { maxLength: 30 }),
        text: fc.array(fc.constantFrom('oil', 'filler', 'filler.', 'big pipeline oil', 'ø'), {
          maxLength: 150,
        }),
      }),
      (texts) => {
        const tokenised = story({
          title: texts.title.join(' '),
          summary: texts.summary.join(' '),
          text: texts.text.join(' '),
        })
        const overlapping = createMatcher({ concepts: new Map(), timeZone: 'UTC' })
        overlapping.set('any', parseQuery('oil OR "pipeline* oil" OR "big pipeline"', { use: 'theme' }).query)
        expect(strengthOf(overlapping.occurrences('any', tokenised, 0), tokenised)).toBeCloseTo(
          score(merged(overlapping.evidence('any', tokenised, 0)), tokenised),
          12,
        )
      },
    ),
  )
})
