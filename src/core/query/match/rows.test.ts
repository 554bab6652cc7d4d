import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Rows } from './rows.ts'

test('rows hold what arrays would, however they grow and shrink', () => {
  const change = fc.record({
    row: fc.nat({ max: 300 }),
    values: fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 }),
    append: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 400 }), (changes) => {
      const rows = new Rows()
      const arrays = new Map<number, number[]>()
      for (const { row, values, append } of changes) {
        const before = arrays.get(row) ?? []
        if (append) {
          rows.append(row, values)
          arrays.set(row, [...before, ...values])
        } else {
          const kept = before.filter((n) => !values.includes(n)).slice(values[0])
          rows.shorten(row, kept)
          arrays.set(row, kept)
        }
      }
      for (let row = 0; row <= 310; row++) {
        const from = rows.from(row)
        const held = from === 0 ? [] : [...rows.numbers.subarray(from, rows.to(from))]
        expect(held).toEqual(arrays.get(row) ?? [])
      }
    }),
    { numRuns: 200 },
  )
})
