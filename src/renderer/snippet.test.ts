import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snippet } from './snippet.ts'

const long = `${'word '.repeat(60)}Gazprom and CNPC discuss a second pipeline${' more'.repeat(60)}`
const at = long.indexOf('Gazprom')

test('the part around the first marked place is shown, cut between words', () => {
  const made = snippet(long, [{ start: at, end: at + 7, kind: 'x' }], 160)
  expect(made.text).toMatch(/^… word .*Gazprom and CNPC.* more …$/)
  expect(made.text.length).toBeLessThan(170)
})

test('a text without marks, or marked early, is shown from its beginning', () => {
  expect(snippet('Short text', [], 100)).toEqual({ text: 'Short text', spans: [] })
  expect(snippet(long, [{ start: 5, end: 9, kind: 'x' }], 100).text.startsWith('word word')).toBe(true)
})

test('marks stay on their words', () => {
  fc.assert(
    fc.property(fc.nat(long.length - 10), fc.integer({ min: 1, max: 9 }), (start, size) => {
      const made = snippet(long, [{ start, end: start + size, kind: 'x' }], 120)
      const span = made.spans[0]
      expect(span && made.text.slice(span.start, span.end)).toBe(long.slice(start, start + size))
    }),
  )
})
