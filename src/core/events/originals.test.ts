import { expect, test } from 'vitest'
import { copiesArchive } from '../fixtures/copies.ts'
import { picker, seeded } from '../fixtures/random.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { type Signature, signature } from './copies.ts'
import { createOriginals } from './originals.ts'

const DAY = 86_400_000
const signed = (text: string): Signature | null =>
  signature(tokenise({ title: '', summary: '', text, published: null }))

test('in memory the same stories are copies of the same originals as in an archive', () => {
  const random = seeded(11)
  const pick = picker(random)
  const vocabulary = Array.from({ length: 300 }, (_, i) => `word${String.fromCharCode(97 + (i % 26))}${i}x`)
  const texts: string[][] = []
  const originals = createOriginals()
  const archive = copiesArchive(4)
  let copies = 0
  let number = 0
  for (let i = 0; i < 300; i++) {
    const text =
      random() < 0.5 && texts.length > 0
        ? pick(texts).map((word) => (random() < 0.03 ? 'changed' : word))
        : Array.from({ length: 60 }, () => pick(vocabulary))
    texts.push(text)
    const made = signed(text.join(' ')) as Signature
    const source = Math.floor(random() * 4)
    const published = (100 + Math.floor(i / 20)) * DAY
    const expected = archive.take({ source, published, signature: made })
    const found = originals.take({ number: ++number, at: published, source: `${source}`, signature: made })
    expect(found).toBe(expected)
    if (found !== null) copies++
  }
  expect(copies).toBeGreaterThan(50)
  archive.close()
})

test('a story with a date far ahead does not hide the originals before it, nor those after it', () => {
  const originals = createOriginals()
  const text = (of: string): Signature | null =>
    signed(Array.from({ length: 40 }, (_, i) => `${of}${i}`).join(' '))
  const take = (number: number, at: number, of: string) =>
    originals.take({ number, at, source: undefined, signature: text(of) })
  expect(take(0, 0, 'tale')).toBeNull()
  expect(take(1, 400_000 * DAY, 'mars')).toBeNull()
  expect(take(2, DAY, 'bank')).toBeNull()
  expect(take(3, DAY, 'tale')).toBe(0)
  expect(take(4, Number.NaN, 'bank')).toBe(2)
})

test('an original is forgotten after a week, and stories too short for a signature are no copies', () => {
  const originals = createOriginals()
  const text = Array.from({ length: 40 }, (_, i) => `tale${i}`).join(' ')
  const take = (number: number, at: number, made: Signature | null) =>
    originals.take({ number, at, source: undefined, signature: made })
  expect(take(0, 0, signed(text))).toBeNull()
  expect(take(1, 7 * DAY, signed(text))).toBe(0)
  expect(take(2, 7 * DAY, signed('Too short'))).toBeNull()
  expect(take(3, 7 * DAY + 1, signed(text))).toBeNull()
  expect(take(4, Number.NaN, signed(text))).toBe(3)
})
