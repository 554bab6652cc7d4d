import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'
import { cellOf } from './read.ts'

test('a file says what it is of, keeps its numbers, and holds no formula that a spreadsheet would run', () => {
  const csv = csvOf(
    [['Range', '7 d']],
    [
      ['Theme', 'Events'],
      ['=HYPERLINK("https://a.example")', 12],
      ['@sanctions, "new"', -3],
    ],
  )
  expect(csv).toBe(
    '\uFEFFRange,7 d\r\n,\r\nTheme,Events\r\n"\'=HYPERLINK(""https://a.example"")",12\r\n"\'@sanctions, ""new""",-3\r\n',
  )
})

test('what is shown as a number is one', () => {
  expect(['1,234', '0', '·', '12 %', '+3', '9 May', '1,2'].map(cellOf)).toEqual([
    1234,
    0,
    0,
    '12 %',
    '+3',
    '9 May',
    '1,2',
  ])
})
