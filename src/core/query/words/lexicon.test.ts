import { expect, test } from 'vitest'
import { HASH_START, hashed, Lexicon } from './lexicon.ts'

const hash = (text: string): number => [...text].reduce((sum, c) => hashed(sum, c.charCodeAt(0)), HASH_START)

test('a word is known by its characters, wherever it stands', () => {
  const lexicon = new Lexicon()
  const id = lexicon.add('Oil', hash('Oil'), 'oil')
  expect(lexicon.find('the Oil price', 4, 7, hash('Oil'))).toBe(id)
  expect(lexicon.word(id)).toBe('oil')
  expect(lexicon.spelling(id)).toBe('Oil')
  expect(lexicon.find('oil', 0, 3, hash('oil'))).toBe(0)
})

test('words of one hash are told apart', () => {
  const lexicon = new Lexicon()
  const ids = ['oil', 'gas', 'coal', 'oi'].map((word) => lexicon.add(word, 7, word))
  expect(new Set(ids).size).toBe(4)
  expect(lexicon.find('gas', 0, 3, 7)).toBe(ids[1])
  expect(lexicon.find('coal', 0, 4, 7)).toBe(ids[2])
  expect(lexicon.find('oi', 0, 2, 7)).toBe(ids[3])
  expect(lexicon.find('war', 0, 3, 7)).toBe(0)
})

test('a full lexicon gives no more numbers, and starts anew when told to tidy', () => {
  const lexicon = new Lexicon()
  let last = 1
  for (let i = 0; last !== 0; i++) last = lexicon.add(`w${i}`, hash(`w${i}`), `w${i}`)
  expect(lexicon.find('w0', 0, 2, hash('w0'))).toBe(1)
  lexicon.tidy()
  expect(lexicon.generation).toBe(1)
  expect(lexicon.find('w0', 0, 2, hash('w0'))).toBe(0)
  expect(lexicon.add('gas', hash('gas'), 'gas')).toBe(1)
})

test('long words are known too, very long ones get no number', () => {
  const lexicon = new Lexicon()
  const [exactly, longer, huge] = ['a'.repeat(16), 'a'.repeat(40), 'a'.repeat(65)] as const
  const ids = [exactly, longer, huge].map((word) => lexicon.add(word, hash(word), word))
  expect(ids).toEqual([1, 2, 0])
  expect(lexicon.find(`x${exactly} `, 1, 17, hash(exactly))).toBe(1)
  expect(lexicon.find(longer, 0, 40, hash(longer))).toBe(2)
  expect(lexicon.find(huge, 0, 65, hash(huge))).toBe(0)
})

test('a folded word is another word than one that is written so', () => {
  const lexicon = new Lexicon()
  for (const word of ['us', 'u'.repeat(20)]) {
    const written = lexicon.add(word, hash(word), word)
    expect(lexicon.find(word, 0, word.length, hash(word), false)).toBe(0)
    const folded = lexicon.add(word, hash(word), word, false)
    expect(folded).not.toBe(written)
    expect(lexicon.find(word, 0, word.length, hash(word))).toBe(written)
    expect(lexicon.find(word, 0, word.length, hash(word), false)).toBe(folded)
    expect(lexicon.spelling(written)).toBe(word)
    expect(lexicon.spelling(folded)).toBeUndefined()
  }
})
