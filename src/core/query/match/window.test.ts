import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TermWord } from '../language/ast.ts'
import { pack, startOf } from './occurrence.ts'
import { areApart, windowOccurrences, windowShape, windows } from './window.ts'

const occurs = (word: TermWord, there: string): boolean =>
  word.prefix ? there.startsWith(word.text) : there === word.text

/** Whether each of `words` can be given a place of its own among `places`, by trying. */
function assignable(words: readonly TermWord[], text: readonly string[], places: readonly number[]): boolean {
  const [first, ...rest] = words
  if (first === undefined) return true
  return places.some(
    (place) =>
      occurs(first, text[place] as string) &&
      assignable(
        rest,
        text,
        places.filter((other) => other !== place),
      ),
  )
}

const word = fc.record({ text: fc.constantFrom('a', 'ab', 'abc', 'b', 'bc', 'c'), prefix: fc.boolean() })
const asked = fc.array(word, { minLength: 2, maxLength: 4 })

test('a window is there where each word can be given a place of its own', () => {
  const text = fc.array(fc.constantFrom('a', 'ab', 'abc', 'b', 'bc', 'c', 'x'), { maxLength: 9 })
  fc.assert(
    fc.property(asked, text, fc.nat({ max: 4 }), (words, there, distance) => {
      const shape = windowShape(words, distance)
      const lists = shape.words.map((one) =>
        there.flatMap((w, i) => (occurs(one, w) ? [pack(1, i, i + 1)] : [])),
      )
      const length = words.length + distance
      const spans = there.map((_, from) =>
        Array.from({ length: Math.min(length, there.length - from) }, (_, i) => from + i),
      )
      expect(windows(shape, lists).next().done !== true).toBe(
        spans.some((places) => assignable(words, there, places)),
      )
      const found = windowOccurrences(shape, lists).map(startOf)
      if (found.length > 0) expect(assignable(words, there, found)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('words are apart if no word of a text is an occurrence of two of them', () => {
  const texts = ['a', 'ab', 'abc', 'abcd', 'b', 'bc', 'bcx', 'c', 'cx']
  fc.assert(
    fc.property(asked, (words) => {
      expect(areApart(words)).toBe(texts.every((text) => words.filter((one) => occurs(one, text)).length < 2))
    }),
  )
})
