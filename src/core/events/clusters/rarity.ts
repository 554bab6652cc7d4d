/** How rare terms are, learnt from the stream: a table of counts of fixed size, by hash. */
import { CHANNELS, firstOf, lastOf, type Reading, TITLE, WORDS } from './traits.ts'

export interface Rarity {
  /** The weight of a term in a story of a language: the logarithm of one by the share of stories that have it (idf). */
  in(language: string): (term: number, channel: number) => number
  /** The same of all terms of a reading, by place. The array serves the next reading too. */
  of(reading: Reading): Float64Array
  /** Counts a story's terms. */
  count(reading: Reading): void
  save(): SavedRarity
}

export interface SavedRarity {
  readonly total: number
  readonly languages: readonly (readonly [string, number])[]
  readonly counts: Uint32Array
}

const BITS = 20
/** Where so many stories have been counted, all counts are halved: rarity is that of the present. */
const COUNTED = 200_000
/** Before any story has come, a term of each channel is taken to be in so large a share of stories … */
const SHARE: readonly number[] = [0.001, 0.001, 0.001, 0.002, 0.01, 0.04, 0.04, 0.03]
/** … as if that had been seen in so many. */
const SEEN = 400

export function createRarity(saved?: SavedRarity): Rarity {
  const counts = saved?.counts.slice() ?? new Uint32Array(2 ** BITS)
  const languages = new Map(saved?.languages)
  let total = saved?.total ?? 0
  let room = new Float64Array(1024)

  /** @param counted in how many stories a term is @param stories how many there are in its language */
  function rarityOf(counted: number, channel: number, stories: number): number {
    const expected = (SHARE[channel] as number) * SEEN
    return Math.log(((channel <= WORDS ? stories : total) + SEEN) / (counted + 1 + expected))
  }

  return {
    in(language) {
      const stories = languages.get(language) ?? 0
      return (term, channel) => rarityOf(counts[term >>> (24 - BITS)] as number, channel, stories)
    },
    of(reading) {
      const { language, terms } = reading
      if (terms.length > room.length) room = new Float64Array(terms.length * 2)
      // The counts lie far apart: all are asked for before the first is needed.
      for (let i = CHANNELS; i < terms.length; i++)
        room[i] = counts[(terms[i] as number) >>> (32 - BITS)] as number
      const stories = languages.get(language) ?? 0
      for (let channel = 0; channel < CHANNELS; channel++)
        for (let i = firstOf(reading, channel), end = lastOf(reading, channel); i < end; i++)
          room[i] = rarityOf(room[i] as number, channel, stories)
      return room
    },
    count(reading) {
      const { language, terms } = reading
      total++
      languages.set(language, (languages.get(language) ?? 0) + 1)
      // Words of the headline are among the words.
      for (let channel = 0; channel < CHANNELS; channel++)
        if (channel !== TITLE)
          for (let i = firstOf(reading, channel), end = lastOf(reading, channel); i < end; i++) {
            const at = (terms[i] as number) >>> (32 - BITS)
            counts[at] = (counts[at] as number) + 1
          }
      if (total < COUNTED) return
      total >>= 1
      for (const [name, stories] of languages) languages.set(name, stories >> 1)
      for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] as number) >> 1
    },
    save: () => ({ total, languages: [...languages], counts: counts.slice() }),
  }
}
