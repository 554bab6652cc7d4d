import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysOf, mix } from './keys.ts'
import { createTermTable, OF_KEY } from './termTable.ts'
import {
  CHANNELS,
  ENTITIES,
  endOf,
  NAMES,
  NUMBERS,
  PLACES,
  type Reading,
  readingOf,
  SOUNDS,
  share,
  shareWords,
  startOf,
  TITLE,
  TOPICS,
  type Traits,
  termsOf,
  WORDS,
  weigh,
} from './traits.ts'

/** What is made fast is compared with what it stands for, said plainly. */

const HASHES = 200
const channel = fc.uniqueArray(fc.tuple(fc.nat(HASHES), fc.integer({ min: 1, max: 4 })), {
  maxLength: 90,
  selector: ([term]) => term,
})
const story = fc.array(channel, { minLength: CHANNELS, maxLength: CHANNELS }).map((channels) =>
  readingOf(
    'en',
    channels.map((counted) => new Map(counted.map(([term, n]) => [term << 3, n]))),
  ),
)
/** Few different rarities, so that many terms are as rare as another; some are not rare at all. */
const rarityOf = (term: number): number => ((term >>> 3) % 7) - 1
const raritiesOf = ({ terms }: Reading): number[] => Array.from(terms, (term) => rarityOf(term >>> 8))

const byWeight = (a: readonly [number, number], b: readonly [number, number]): number =>
  b[1] - a[1] || a[0] - b[0]

test('of a channel the terms of most weight are kept, of equal ones the first, in order', () => {
  fc.assert(
    fc.property(story, (reading) => {
      const traits = weigh(reading, raritiesOf(reading))
      for (const [channel, most] of [32, 72, 28, 56, 16, 28, 10, 16].entries()) {
        const start = channel === 0 ? CHANNELS : (reading.terms[channel - 1] as number)
        const wanted = [...reading.terms.subarray(start, reading.terms[channel])]
          .map((term): [number, number] => {
            const times = term & 0xff
            return [term >>> 8, (times > 1 ? 1 + Math.log(times) : 1) * rarityOf(term >>> 8)]
          })
          .filter(([, weight]) => weight > 0)
          .sort(byWeight)
          .slice(0, most)
          .sort((a, b) => a[0] - b[0])
        const length = Math.sqrt(wanted.reduce((sum, [, weight]) => sum + weight * weight, 0))
        expect([...traits.subarray(startOf(traits, channel), endOf(traits, channel))]).toEqual(
          wanted.map(
            ([term, weight]) => ((term << 8) | Math.max(1, Math.round((255 * weight) / length))) >>> 0,
          ),
        )
      }
    }),
  )
})

/** What one channel of a story has in common with one of another, summed over the terms that both have. */
function sums(a: Traits, channelA: number, b: Traits, channelB: number) {
  const weights = new Map(
    [...b.subarray(startOf(b, channelB), endOf(b, channelB))].map((term) => [term >>> 8, term & 0xff]),
  )
  const sum = { dot: 0, ofA: 0, ofB: 0, terms: 0 }
  for (const term of a.subarray(startOf(a, channelA), endOf(a, channelA))) {
    const [own, theirs] = [term & 0xff, weights.get(term >>> 8)]
    if (theirs === undefined) continue
    sum.dot += own * theirs
    sum.ofA += own * own
    sum.ofB += theirs * theirs
    sum.terms++
  }
  return sum
}
const part = (of: number): number => Math.min(1, of / 255 ** 2)

test('what two stories share is summed over the terms that both have', () => {
  fc.assert(
    fc.property(story, story, fc.nat(CHANNELS - 1), (one, other, channel) => {
      const [a, b] = [weigh(one, raritiesOf(one)), weigh(other, raritiesOf(other))]
      const { dot, ofA, ofB, terms } = sums(a, channel, b, channel)
      expect(share(a, b, channel, { cosine: 0, ofA: 0, ofB: 0, terms: 0 })).toEqual({
        cosine: part(dot),
        ofA: part(ofA),
        ofB: part(ofB),
        terms,
      })
      expect(shareWords(a, b, { titles: 0, words: 0, titleOfA: 0, titleOfB: 0 })).toEqual({
        titles: part(sums(a, TITLE, b, TITLE).dot),
        words: part(sums(a, WORDS, b, WORDS).dot),
        titleOfA: part(sums(a, TITLE, b, WORDS).ofA),
        titleOfB: part(sums(a, WORDS, b, TITLE).ofB),
      })
    }),
  )
})

test('a story is found by its rarest terms, and by the rarest pairs', () => {
  fc.assert(
    fc.property(story, (reading) => {
      const rarest = (channel: number, most: number): [number, number][] =>
        termsOf(reading, channel)
          .map((term): [number, number] => [term, rarityOf(term)])
          .sort(byWeight)
          .slice(0, most)
      const paired = [
        ...rarest(TOPICS, 10),
        ...rarest(ENTITIES, 5),
        ...rarest(PLACES, 4),
        ...rarest(NUMBERS, 4),
      ]
      const pairs = paired.flatMap(([a, x], i) =>
        paired
          .slice(i + 1)
          .filter(([b]) => a !== b)
          .map(([b, y]): [number, number] => [mix(Math.min(a, b), Math.max(a, b)), (x + y) * 0.7]),
      )
      const { count, keys, weights } = keysOf(reading, raritiesOf(reading))
      expect(Array.from({ length: count }, (_, i) => [keys[i], weights[i]])).toEqual([
        ...rarest(WORDS, 14),
        ...rarest(SOUNDS, 14),
        ...rarest(NAMES, 10),
        ...rarest(NUMBERS, 6),
        ...rarest(ENTITIES, 6),
        ...pairs.sort(byWeight).slice(0, 28),
      ])
    }),
  )
})

test('of a key the events that held it last are found, the latest first, also by a table of what was saved', () => {
  const held = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 40 })), { maxLength: 200 })
  fc.assert(
    fc.property(held, (list) => {
      const table = createTermTable()
      const latest = new Map<number, number[]>()
      for (const [key, event] of list) {
        // The keys end alike, so that they look alike in a byte.
        table.choose(Int32Array.of(key << 8), 1)
        table.add(event)
        latest.set(
          key,
          [event, ...(latest.get(key) ?? []).filter((other) => other !== event)].slice(0, OF_KEY),
        )
      }
      const into = new Int32Array(OF_KEY)
      const keys = Int32Array.from(latest.keys(), (key) => key << 8)
      for (const one of [table, createTermTable(table.save())]) {
        one.choose(keys, keys.length)
        const found = Array.from(keys, (_, i) => [...into.subarray(0, one.holdersOf(i, into))])
        expect(found).toEqual([...latest.values()])
      }
    }),
    { numRuns: 15 },
  )
})
