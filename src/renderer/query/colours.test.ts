import { expect, test } from 'vitest'
import type { QueryToken } from '../../api/contract/query.ts'
import { movedTokens } from './colours.ts'

const tokens: QueryToken[] = [
  { start: 0, end: 7, kind: 'concept' },
  { start: 8, end: 15, kind: 'operator' },
  { start: 16, end: 22, kind: 'concept' },
]
const before = '@russia NEAR/20 @china'
const shown = (now: string): string[] =>
  movedTokens(tokens, before, now).map((t) => now.slice(t.start, t.end))

test('while the engine reads, colours stay on the words they were on', () => {
  expect(shown('@russia NEAR/20 @china')).toEqual(['@russia', 'NEAR/20', '@china'])
  expect(shown('oil @russia NEAR/20 @china')).toEqual(['@russia', 'NEAR/20', '@china'])
  expect(shown('@russia NEAR/20 @china oil')).toEqual(['@russia', 'NEAR/20', '@china'])
})

test('a token that was typed into keeps no colour, one that was typed on keeps that of its beginning', () => {
  expect(shown('@russia NEAR/200 @china')).toEqual(['@russia', 'NEAR/20', '@china'])
  expect(shown('@rusia NEAR/20 @china')).toEqual(['NEAR/20', '@china'])
  expect(shown('')).toEqual([])
})
