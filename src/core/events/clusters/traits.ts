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

/** What a reader finds in a story, before it is known how rare its terms are. */
export interface Reading {
  readonly language: string
  readonly channels: readonly Counted[]
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

/** Room for the terms of one channel and their weights, reused. */
let room = new Uint32Array(1024)
let weightOf = new Float64Array(1024)

/** Weighs the terms of a reading by their rarity. */
export function weigh(reading: Reading, rarity: (term: number, channel: number) => number): Traits {
  const data = new Uint32Array(
    HEAD + reading.channels.reduce((sum, { size }, c) => sum + Math.min(size, MOST[c] as number), 0),
  )
  let at = HEAD
  reading.channels.forEach((counted, channel) => {
    if (counted.size > room.length) {
      room = new Uint32Array(counted.size * 2)
      weightOf = new Float64Array(counted.size * 2)
    }
    const most = MOST[channel] as number
    let count = 0
    for (const term of counted.keys()) if (rarity(term, channel) > 0) room[count++] = term
    const weight = (term: number): number => {
      const times = counted.get(term) as number
      return (times > 1 ? 1 + Math.log(times) : 1) * rarity(term, channel)
    }
    if (count > most) {
      const weights = new Map<number, number>()
      for (let i = 0; i < count; i++) weights.set(room[i] as number, weight(room[i] as number))
      room.subarray(0, count).sort((a, b) => (weights.get(b) as number) - (weights.get(a) as number) || a - b)
      count = most
    }
    room.subarray(0, count).sort()
    let squares = 0
    for (let i = 0; i < count; i++) {
      const own = weight(room[i] as number)
      weightOf[i] = own
      squares += own * own
    }
    const length = Math.sqrt(squares)
    for (let i = 0; i < count; i++)
      data[at++] =
        (((room[i] as number) << 8) | Math.max(1, Math.round((UNIT * (weightOf[i] as number)) / length))) >>>
        0
    data[channel] = at
    data[CHANNELS + channel] = Math.round(length * LENGTH)
  })
  return at === data.length ? data : data.slice(0, at)
}

/** A reading as numbers: CHANNELS ends of channels, then the terms of each, hash << 8 | count. */
export function pack({ channels }: Reading): Uint32Array {
  const packed = new Uint32Array(CHANNELS + channels.reduce((sum, { size }) => sum + size, 0))
  let at = CHANNELS
  channels.forEach((counted, channel) => {
    for (const [term, count] of counted) packed[at++] = ((term << 8) | count) >>> 0
    packed[channel] = at
  })
  return packed
}

/**
 * The reading that was packed: the same terms in the same order.
 * @throws Error where it is damaged, or was packed with other channels
 */
export function unpack(packed: Uint32Array, language: string): Reading {
  checkEnds(packed)
  const channels: Counted[] = []
  for (let channel = 0, at = CHANNELS; channel < CHANNELS; channel++) {
    const counted: Counted = new Map()
    for (const end = packed[channel] as number; at < end; at++) {
      const term = packed[at] as number
      counted.set(term >>> 8, term & MOST_OFTEN)
    }
    channels.push(counted)
  }
  return { language, channels }
}

/** @throws Error where the last channel of traits or of a packed reading does not end where they end */
export function checkEnds(packed: Uint32Array): void {
  if (packed[CHANNELS - 1] !== packed.length) throw new Error('A kept story has other channels.')
}

/** The terms of traits as a reading, each once: what was read of the story, but for how often. */
export function readingOf(traits: Traits, language: string): Reading {
  const channels = Array.from({ length: CHANNELS }, (_, channel) => {
    const counted: Counted = new Map()
    for (let at = startOf(traits, channel); at < endOf(traits, channel); at++)
      counted.set((traits[at] as number) >>> 8, 1)
    return counted
  })
  return { language, channels }
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

/** Compares a channel of one story with one of another. @param into is filled and returned */
export function share(a: Traits, channelA: number, b: Traits, channelB: number, into: Shared): Shared {
  let i = startOf(a, channelA)
  let j = startOf(b, channelB)
  const [endA, endB] = [endOf(a, channelA), endOf(b, channelB)]
  let [dot, ofA, ofB, terms] = [0, 0, 0, 0]
  while (i < endA && j < endB) {
    const x = a[i] as number
    const y = b[j] as number
    const order = (x >>> 8) - (y >>> 8)
    if (order === 0) {
      const [u, v] = [x & 0xff, y & 0xff]
      dot += u * v
      ofA += u * u
      ofB += v * v
      terms++
    }
    if (order <= 0) i++
    if (order >= 0) j++
  }
  const unit = UNIT * UNIT
  into.cosine = Math.min(1, dot / unit)
  into.ofA = Math.min(1, ofA / unit)
  into.ofB = Math.min(1, ofB / unit)
  into.terms = terms
  return into
}
