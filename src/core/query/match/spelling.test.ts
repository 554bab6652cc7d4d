import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactForms } from '../words/words.ts'
import { casing, casingOf, isUnusual, Spelling, SpellingWriter } from './spelling.ts'
import { tokenise } from './tokenise.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom('the', 'Turkey', 'US', 'iPhone', 'São', 'a', 'A', 'Çin', 'Σ', 'ΟΔΟΣ', '普京', 'ß'),
      {
        maxLength: 200,
        size: 'max',
      },
    )
    .map((list) => list.join(' ')),
)

test('a spelling restores how each word is written, or is known not to', () => {
  let restored = 0
  let unknown = 0
  fc.assert(
    fc.property(text, text, (title, body) => {
      const { fields } = tokenise({ title, summary: '', text: body, published: null })
      const writer = new SpellingWriter()
      for (const field of fields) {
        field.list.folded.forEach((folded, i) => {
          const how = casingOf(field, i)
          expect(how).toBe(casing(field.exact(i) as string, folded))
          writer.add(i, how)
        })
        writer.endField()
      }
      const spelling = new Spelling(writer.text)
      fields.forEach(({ field, list }, nth) => {
        const exact = exactForms(field === 'title' ? title : field === 'text' ? body : '')
        list.folded.forEach((folded, i) => {
          const form = spelling.form(nth, i, folded)
          if (form === undefined) unknown++
          else restored++
          expect(form ?? exact[i]).toBe(exact[i])
          if (form === undefined) expect(isUnusual(exact[i] as string, folded)).toBe(true)
        })
      })
    }),
    { numRuns: 500 },
  )
  expect(restored).toBeGreaterThan(10_000)
  expect(unknown).toBeGreaterThan(1_000)
})

test('words that are written as folded take no room, others a character each', () => {
  const writer = new SpellingWriter()
  writer.add(0, casing('the', 'the'))
  writer.add(1, casing('Turkey', 'turkey'))
  writer.add(100, casing('US', 'us'))
  writer.endField()
  expect(writer.text).toHaveLength(2 + 3 + 1)
})

test.each([
  ['US', 'us'],
  ['A', 'a'],
  ['iPhone', 'iphone'],
  ['São', 'sao'],
  ['ß', 'ss'],
])('%s is an unusual form', (exact, folded) => {
  expect(isUnusual(exact, folded)).toBe(true)
})

test.each([
  ['Turkey', 'turkey'],
  ['turkey', 'turkey'],
  ['Нефть', 'нефть'],
  ['普', '普'],
  ['5', '5'],
])('%s is not', (exact, folded) => {
  expect(isUnusual(exact, folded)).toBe(false)
})
