import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paragraphs, segments, within } from './segments.ts'

test('spans that overlap share a piece', () => {
  expect(
    segments('Xi in Moscow', [
      { start: 0, end: 5, kind: 'theme' },
      { start: 3, end: 12, kind: 'query' },
    ]),
  ).toEqual([
    { text: 'Xi ', kinds: ['theme'] },
    { text: 'in', kinds: ['query', 'theme'] },
    { text: ' Moscow', kinds: ['query'] },
  ])
})

test('without spans the text is one piece, and an empty text none', () => {
  expect(segments('Xi', [])).toEqual([{ text: 'Xi', kinds: [] }])
  expect(segments('', [{ start: 0, end: 3, kind: 'a' }])).toEqual([])
})

test('the pieces always make the text again, and every letter within a span is marked', () => {
  const span = fc.record({ start: fc.integer({ min: -2, max: 30 }), end: fc.integer({ min: -2, max: 40 }) })
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 25 }),
      fc.array(span, { maxLength: 6 }),
      (text, spans) => {
        const made = segments(
          text,
          spans.map((s) => ({ ...s, kind: 'mark' })),
        )
        expect(made.map((s) => s.text).join('')).toBe(text)
        let at = 0
        for (const piece of made) {
          if (text.isWellFormed()) expect(piece.text.isWellFormed()).toBe(true)
          for (let i = at; i < at + piece.text.length; i++)
            if (spans.some((s) => s.start <= i && s.end > i)) expect(piece.kinds).toEqual(['mark'])
          at += piece.text.length
        }
      },
    ),
  )
})

test('paragraphs keep their place, so that evidence stays on its words', () => {
  const text = 'One.\n\n  Two Xi. \nThree.'
  const parts = paragraphs(text)
  expect(parts.map((p) => text.slice(p.start, p.end))).toEqual(['One.', 'Two Xi.', 'Three.'])
  const second = parts[1] as { start: number; end: number }
  const spans = within([{ start: text.indexOf('Xi'), end: text.indexOf('Xi') + 2, kind: 'x' }], second)
  expect(segments('Two Xi.', spans)[1]).toEqual({ text: 'Xi', kinds: ['x'] })
})
