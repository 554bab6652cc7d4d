import { expect, test } from 'vitest'
import { findText, type Piece } from './findText.ts'

/** Blocks of pieces, each as a text; what is found, as the texts between its places. */
const found = (blocks: readonly (readonly string[])[], words: string, most = 100): string[] => {
  const pieces: Piece[] = blocks.flatMap((block, index) => block.map((text) => ({ text, block: index })))
  return findText(pieces, words, most).map(({ start, end }) =>
    pieces
      .slice(start.piece, end.piece + 1)
      .map(({ text }, index, all) =>
        text.slice(index === 0 ? start.offset : 0, index === all.length - 1 ? end.offset : undefined),
      )
      .join('|'),
  )
}

test('words are found in any case, with what means something to a pattern taken as it is', () => {
  expect(found([['Gas, GAS and gasoline (a+b)']], 'gas')).toEqual(['Gas', 'GAS', 'gas'])
  expect(found([['Gas, GAS and gasoline (a+b)']], '(A+b)')).toEqual(['(a+b)'])
  expect(found([['ПУТИН и Путин']], 'путин')).toEqual(['ПУТИН', 'Путин'])
  expect(found([['中国与俄罗斯']], '俄罗斯')).toEqual(['俄罗斯'])
})

test('a match runs across pieces of one block, over any white space, and never into the next block', () => {
  expect(found([['The ', 'Power', ' of\n  Siberia 2']], 'power of siberia')).toEqual(['Power| of\n  Siberia'])
  expect(found([['Power of'], ['Siberia']], 'of siberia')).toEqual([])
  expect(found([['Power'], ['of']], 'powerof')).toEqual([])
})

test('blank words find nothing, and no more than was asked for is found', () => {
  expect(found([['a a a']], '  ')).toEqual([])
  expect(found([], 'a')).toEqual([])
  expect(found([['a a a']], 'a', 2)).toEqual(['a', 'a'])
})
