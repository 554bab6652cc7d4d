import { expect, test } from 'vitest'
import { plain, table, width } from './table.ts'

test('columns align by places on a terminal: wide characters take two, marks none', () => {
  const rows = [
    { name: '北湾时报', n: 5 },
    { name: 'Café', n: 120 },
    { name: 'Невский', n: 7 },
  ]
  const made = table(
    rows,
    [
      { heading: 'NAME', cell: (row) => row.name },
      { heading: 'N', cell: (row) => row.n, right: true },
    ],
    false,
  )
  expect(made).toBe('NAME        N\n北湾时报    5\nCafé      120\nНевский     7\n')
  expect(width('e\u0301')).toBe(1)
  expect(width('ｶﾅ')).toBe(2)
})

test('long cells are cut for people only, between characters', () => {
  const columns = [{ heading: 'T', cell: (text: string) => text, most: 6 }]
  expect(table(['北湾时报社'], columns, true)).toBe('T\n北湾…\n')
  expect(table(['北湾时报社'], columns, false)).toBe('T\n北湾时报社\n')
  expect(table(['harbour'], columns, true)).toBe('T\nharbo…\n')
})

test('what a feed wrote can neither move the cursor nor turn the line around', () => {
  expect(plain('a\u001b[31mb\r\nc\u202ed\u0007')).toBe('a [31mb c d ')
})
