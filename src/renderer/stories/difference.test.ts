import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Change, difference } from './difference.ts'

const show = (changes: readonly Change[]): string =>
  changes.map((c) => ({ same: c.text, removed: `[-${c.text}-]`, added: `{+${c.text}+}` })[c.kind]).join('')

test('a changed word is shown, and nothing else', () => {
  expect(show(difference('Talks open in Geneva today', 'Talks resume in Geneva today'))).toBe(
    'Talks [-open-]{+resume+} in Geneva today',
  )
  expect(show(difference('Two dead', 'Two dead, five hurt'))).toBe('Two dead{+, five hurt+}')
})

test('words that changed side by side are one replacement', () => {
  expect(show(difference('the old price holds', 'the new cost holds'))).toBe(
    'the [-old price-]{+new cost+} holds',
  )
})

test('Chinese is compared character by character', () => {
  expect(show(difference('普京会见习近平', '普京会晤习近平'))).toBe('普京会[-见-]{+晤+}习近平')
})

test('equal texts have no difference, an empty one is all of the other', () => {
  expect(difference('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
  expect(difference('', 'new')).toEqual([{ kind: 'added', text: 'new' }])
  expect(difference('', '')).toEqual([])
})

const text = fc
  .array(fc.constantFrom('oil', 'gas', 'Xi', '京', '普', ' ', ' ', ', ', '.', '🔥', 'é'), { maxLength: 40 })
  .map((words) => words.join(''))

test('the pieces always make both texts again', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = difference(before, after)
      const side = (without: Change['kind']): string =>
        changes
          .filter((c) => c.kind !== without)
          .map((c) => c.text)
          .join('')
      expect(side('added')).toBe(before)
      expect(side('removed')).toBe(after)
    }),
    { numRuns: 500 },
  )
})

test('two long texts with nothing in common are one replacement, at once', () => {
  const long = (word: string): string => Array.from({ length: 20_000 }, (_, i) => `${word}${i}`).join(' ')
  const changes = difference(long('a'), long('b'))
  expect(changes.map((c) => c.kind)).toEqual(['removed', 'added'])
})
