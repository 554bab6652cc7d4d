import { expect, test } from 'vitest'
import { HASH_START, hashed, Lexicon } from './lexicon.ts'

const hash = (text: string): number => [...text].reduce((sum, c) => hashed(sum, c.charCodeAt(0)), HASH_START)

test('a word is known by its characters, wherever it stands', () => {
  const lexicon = new Lexicon()
  const id = lexicon.add('Oil', 0, 3, hash('Oil'), 'oil')
  expect(lexicon.find('the Oil price', 4, 7, hash('Oil'))).toBe(id)
  expect(lexicon.word(id)).toBe('oil')
  expect(lexicon.find('oil', 0, 3, hash('oil'))).toBe(0)
})

test('words of one hash are told apart', () => {
  const lexicon = new Lexicon()
  const ids = ['oil', 'gas', 'coal', 'oi'].map((word) => lexicon.add(word, 0, word.length, 7, word))
  expect(new Set(ids).size).toBe(4)
  expect(lexicon.find('gas', 0, 3, 7)).toBe(ids[1])
  expect(lexicon.find('coal', 0, 4, 7)).toBe(ids[2])
  expect(lexicon.find('oi', 0, 2, 7)).toBe(ids[3])
  expect(lexicon.find('war', 0, 3, 7)).toBe(0)
})

test('a full lexicon gives no more numbers, and starts anew when told to tidy', () => {
  const lexicon = new Lexicon()
  let last = 1
  for (let i = 0; last !== 0; i++) last = lexicon.add(`w${i}`, 0, `w${i}`.length, hash(`w${i}`), `w${i}`)
  expect(lexicon.find('w0', 0, 2, hash('w0'))).toBe(1)
  lexicon.tidy()
  expect(lexicon.generation).toBe(1)
  expect(lexicon.find('w0', 0, 2, hash('w0'))).toBe(0)
  expect(lexicon.add('gas', 0, 3, hash('gas'), 'gas')).toBe(1)
})
