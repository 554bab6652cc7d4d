/**
 * The traits of a story: what it is compared by. Each channel is a list of terms with weights. A term is a 24-bit hash, so that
 * what is kept of a story is a few hundred bytes, and of all stories a table of fixed size.
 */

/** Words of the headline (the first sentence where there is none), and of headline, lead and the beginning of the body: of one language. */
export const TITLE = 0
export const WORDS = 1
/** In any language: capitalised words and all long words as they sound, numbers and dates, kinds of happenings, countries, and who and where by name. */
export const NAMES = 2
export const SOUNDS = 3
export const NUMBERS = 4
export const TOPICS = 5
export const PLACES = 6
export const ENTITIES = 7
export const CHANNELS = 8

/** At most so many terms are kept of a channel, those of most weight. */
const MOST: readonly number[] = [32, 72, 28, 56, 16, 28, 10, 16]

/** A term with how often, and how prominently, it stands in the story: a whole number up to MOST_OFTEN. */
export type Counted = Map<number, number>
export const MOST_OFTEN = 255

/**
 * What a reader finds in a story, before it is known how rare its terms are. `terms`: CHANNELS ends of channels, then the terms of
 * each, hash << 8 | count, each term once.
 */
export interface Reading {
  readonly language: string
  readonly terms: Uint32Array
}

/**
 * A story as it is compared. `data`: CHANNELS ends of channels, CHANNELS lengths of vectors (× LENGTH), then the terms of each
 * channel ascending, each hash << 8 | weight, where the weights of a channel are those of a unit vector (× UNIT).
 */
export type Traits = Uint32Array

const UNIT = 255
const LENGTH = 256
const HEAD = 2 * CHANNELS

export const endOf = (of: Traits, channel: number): number => of[channel] as number
export const startOf = (of: Traits, channel: number): number =>
  channel === 0 ? HEAD : (of[channel - 1] as number)
/** The length of a channel's vector before it was made a unit. */
export const lengthOf = (of: Traits, channel: number): number => (of[CHANNELS + channel] as number) / LENGTH

/** A 24-bit hash of a term of a channel. Words of different languages are different terms. */
export function termOf(channel: number, text: string, language = ''): number {
  let h = Math.imul(0x811c9dc5 ^ channel, 0x01000193)
  for (let i = 0; i < language.length; i++) h = Math.imul(h ^ language.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ 0xff, 0x01000193)
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 8
}

/** A reading of these terms. */
export function readingOf(language: string, channels: readonly Counted[]): Reading {
  const terms = new Uint32Array(CHANNELS + channels.reduce((sum, { size }) => sum + size, 0))
  let at = CHANNELS
  channels.forEach((counted, channel) => {
    for (const [term, count] of counted) terms[at++] = ((term << 8) | count) >>> 0
    terms[channel] = at
  })
  return { language, terms }
}

/** A reading that was kept. @throws Error where it is damaged, or has other channels */
export function readingFrom(terms: Uint32Array, language: string): Reading {
  checkEnds(terms)
  return { language, terms }
}

/** The terms of a channel, in the order in which the story has them. */
export function termsOf(reading: Reading, channel: number): number[] {
  return Array.from(
    reading.terms.subarray(firstOf(reading, channel), lastOf(reading, channel)),
    (term) => term >>> 8,
  )
}

/** Where the terms of a channel begin and end in a reading. */
export const firstOf = ({ terms }: Reading, channel: number): number =>
  channel === 0 ? CHANNELS : (terms[channel - 1] as number)
export const lastOf = ({ terms }: Reading, channel: number): number => terms[channel] as number

/** @throws Error where the last channel of traits or of a reading does not end where they end */
export function checkEnds(of: Uint32Array): void {
  if (of[CHANNELS - 1] !== of.length) throw new Error('A kept story has other channels.')
}

/** The terms of traits as a reading, each once: what was read of the story, but for how often. */
export function readingOfTraits(traits: Traits, language: string): Reading {
  const terms = new Uint32Array(CHANNELS + traits.length - HEAD)
  for (let channel = 0; channel < CHANNELS; channel++)
    terms[channel] = endOf(traits, channel) - HEAD + CHANNELS
  for (let at = HEAD; at < traits.length; at++)
    terms[at - HEAD + CHANNELS] = (((traits[at] as number) & ~MOST_OFTEN) | 1) >>> 0
  return { language, terms }
}

/** By how often a term stands in a story, what its rarity is multiplied by. */
const TIMES = Float64Array.from({ length: MOST_OFTEN + 1 }, (_, times) =>
  times > 1 ? 1 + Math.log(times) : 1,
)
/** A term and its place in the channel, as one number that sorts by the term. */
const PLACES_OF_CHANNEL = 2 ** 28

/** Room for one channel, reused. */
let ofChannel = new Float64Array(1024)
let weights = new Float64Array(1024)
let sorted = new Float64Array(1024)

/** Weighs the terms of a reading by their rarity. @param rarities by place in the reading's terms */
export function weigh(reading: Reading, rarities: ArrayLike<number>): Traits {
  const { terms } = reading
  if (terms.length > ofChannel.length) {
    ofChannel = new Float64Array(terms.length * 2)
    weights = new Float64Array(terms.length * 2)
    sorted = new Float64Array(terms.length * 2)
  }
  let size = HEAD
  for (let channel = 0; channel < CHANNELS; channel++)
    size += Math.min(lastOf(reading, channel) - firstOf(reading, channel), MOST[channel] as number)
  const data = new Uint32Array(size)
  let at = HEAD
  for (let channel = 0; channel < CHANNELS; channel++) {
    const most = MOST[channel] as number
    const end = lastOf(reading, channel)
    let count = 0
    for (let i = firstOf(reading, channel); i < end; i++) {
      const rarity = rarities[i] as number
      if (rarity <= 0) continue
      const term = terms[i] as number
      ofChannel[count] = (term >>> 8) * PLACES_OF_CHANNEL + count
      weights[count++] = (TIMES[term & MOST_OFTEN] as number) * rarity
    }
    // The terms of most weight stay; of those that weigh as much as the last of them the first.
    let least = 0
    let ties = count
    if (count > most) {
      sorted.set(weights.subarray(0, count))
      sorted.subarray(0, count).sort()
      least = sorted[count - most] as number
      ties = most
      for (let i = count - most; i < count; i++) if ((sorted[i] as number) > least) ties--
    }
    ofChannel.subarray(0, count).sort()
    const start = at
    let squares = 0
    for (let i = 0; i < count; i++) {
      const own = ofChannel[i] as number
      const term = Math.floor(own / PLACES_OF_CHANNEL)
      const weight = weights[own - term * PLACES_OF_CHANNEL] as number
      if (weight < least || (weight === least && ties-- <= 0)) continue
      data[at] = term
      sorted[at++ - start] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares)
    for (let i = start; i < at; i++)
      data[i] =
        (((data[i] as number) << 8) |
          Math.max(1, Math.round((UNIT * (sorted[i - start] as number)) / length))) >>>
        0
    data[channel] = at
    data[CHANNELS + channel] = Math.round(length * LENGTH)
  }
  return at === data.length ? data : data.slice(0, at)
}

/** What two channels share. */
export interface Shared {
  /** The cosine of their vectors, 0–1. */
  cosine: number
  /** Which part of the one vector's squared length lies on terms of the other, and the other way round. */
  ofA: number
  ofB: number
  terms: number
}

/** The rooms of the channels in a table of terms: of each four times as many as it has terms, or more. That of words has the headline's too. */
const ROOMS = MOST.map(
  (most, channel) =>
    2 ** Math.ceil(Math.log2(4 * (channel === WORDS ? most + (MOST[TITLE] as number) : most))),
)
const ROOM_AT = ROOMS.map((_, channel) => ROOMS.slice(0, channel).reduce((sum, room) => sum + room, 0))

/** The terms of one story by hash, for the next to be compared with it too: they are mostly compared with one story in a row. */
const table = new Uint32Array(ROOMS.reduce((sum, room) => sum + room, 0))
/** By place in the room of words, the weight of the term in the headline; a term of the headline alone has no weight in the table. */
const inTitle = new Uint8Array(ROOMS[WORDS] as number)
let tabled: Traits | undefined

function enter(traits: Traits): void {
  tabled = traits
  table.fill(0)
  for (let channel = 0; channel < CHANNELS; channel++) {
    const room = ROOM_AT[channel] as number
    const mask = (ROOMS[channel] as number) - 1
    for (let i = startOf(traits, channel), end = endOf(traits, channel); i < end; i++) {
      const term = traits[i] as number
      let slot = (term >>> 8) & mask
      while (table[room + slot] !== 0) slot = (slot + 1) & mask
      table[room + slot] = term
    }
  }
  inTitle.fill(0)
  const room = ROOM_AT[WORDS] as number
  const mask = (ROOMS[WORDS] as number) - 1
  for (let i = startOf(traits, TITLE), end = endOf(traits, TITLE); i < end; i++) {
    const term = traits[i] as number
    let slot = (term >>> 8) & mask
    for (; table[room + slot] !== 0; slot = (slot + 1) & mask)
      if (((table[room + slot] as number) ^ term) >>> 8 === 0) break
    if (table[room + slot] === 0) table[room + slot] = (term & ~MOST_OFTEN) >>> 0
    inTitle[slot] = term & 0xff
  }
}

/** Compares a channel of one story with the same of another. @param into is filled and returned */
export function share(a: Traits, b: Traits, channel: number, into: Shared): Shared {
  if (tabled !== a) enter(a)
  const room = ROOM_AT[channel] as number
  const mask = (ROOMS[channel] as number) - 1
  let dot = 0
  let ofA = 0
  let ofB = 0
  let terms = 0
  for (let i = startOf(b, channel), end = endOf(b, channel); i < end; i++) {
    const y = b[i] as number
    let slot = (y >>> 8) & mask
    for (let x = table[room + slot] as number; x !== 0; x = table[room + slot] as number) {
      if ((x ^ y) >>> 8 === 0) {
        const u = x & 0xff
        const v = y & 0xff
        // Among the words stand those of the headline alone, which weigh nothing there.
        if (u === 0) break
        dot += u * v
        ofA += u * u
        ofB += v * v
        terms++
        break
      }
      slot = (slot + 1) & mask
    }
  }
  const unit = UNIT * UNIT
  into.cosine = Math.min(1, dot / unit)
  into.ofA = Math.min(1, ofA / unit)
  into.ofB = Math.min(1, ofB / unit)
  into.terms = terms
  return into
}

/** What the headlines and the words of two stories share. */
export interface SharedWords {
  /** The cosines of their headlines and of all their words, 0–1. */
  titles: number
  words: number
  /** Which part of the squared length of a headline lies on words of the other story. */
  titleOfA: number
  titleOfB: number
}

/** Compares the headlines and words of two stories of one language. @param into is filled and returned */
export function shareWords(a: Traits, b: Traits, into: SharedWords): SharedWords {
  if (tabled !== a) enter(a)
  const room = ROOM_AT[WORDS] as number
  const mask = (ROOMS[WORDS] as number) - 1
  let titles = 0
  let words = 0
  let titleOfA = 0
  let titleOfB = 0
  const firstWord = startOf(b, WORDS)
  for (let i = startOf(b, TITLE), end = endOf(b, WORDS); i < end; i++) {
    const y = b[i] as number
    let slot = (y >>> 8) & mask
    for (let x = table[room + slot] as number; x !== 0; x = table[room + slot] as number) {
      if ((x ^ y) >>> 8 === 0) {
        const inTitleOfA = inTitle[slot] as number
        const v = y & 0xff
        if (i < firstWord) {
          titles += inTitleOfA * v
          if ((x & 0xff) !== 0) titleOfB += v * v
        } else {
          titleOfA += inTitleOfA * inTitleOfA
          words += (x & 0xff) * v
        }
        break
      }
      slot = (slot + 1) & mask
    }
  }
  const unit = UNIT * UNIT
  into.titles = Math.min(1, titles / unit)
  into.words = Math.min(1, words / unit)
  into.titleOfA = Math.min(1, titleOfA / unit)
  into.titleOfB = Math.min(1, titleOfB / unit)
  return into
}
