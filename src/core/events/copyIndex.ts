import { bands, isCopy, type Signature, similarity } from './copies.ts'

/** A story's copy is published at most this long before or after it. */
export const COPY_WINDOW = 7 * 24 * 3_600_000

/** A story that others may be copies of. */
export interface Original {
  readonly id: number
  readonly source: number
  /** Epoch ms. */
  readonly published: number
  readonly signature: Signature
}

/** The originals added last, in memory, so that looking for a copy asks no table. The caller fills it from what it kept. */
export interface CopyIndex {
  /** Adds a story that is no copy itself: copies of a copy are found by its original. */
  add(original: Original): void
  /** The original that a story is most like, if it is a copy of one; among equals the one of the lowest id. */
  find(story: Omit<Original, 'id'>): number | null
  delete(id: number): void
  /** How many originals it holds. */
  readonly size: number
}

/** The table of bands: buckets of WAYS slots, so that no lookup looks at more, whatever an outlet repeats in all its stories. */
const WAYS = 4

/**
 * Holds `capacity` originals in whatever order they were published; the first added go first. About 0.5 kB each.
 * A full bucket loses its oldest entry: with a bucket for every 1.5 entries and six bands a story none is lost by that.
 */
export function createCopyIndex(options: { capacity?: number; window?: number } = {}): CopyIndex {
  const capacity = options.capacity ?? 50_000
  const window = options.window ?? COPY_WINDOW
  /** By number of adding, modulo the capacity. */
  const ring: (Original | undefined)[] = new Array(capacity).fill(undefined)
  const places = new Map<number, number>()
  let next = 0
  let bits = 8
  while (2 ** bits < capacity * 4) bits++
  const keys = new Uint32Array(2 ** bits * WAYS)
  /** Place in the ring + 1; 0 is empty. An entry whose original has gone or changed is seen by its bands not agreeing. */
  const entries = new Uint32Array(keys.length)
  /** By the low bits: bands, being the smallest hashes, are alike in the high ones; the lowest is 0 in all. */
  const bucket = (band: number): number => ((band >>> 1) & (2 ** bits - 1)) * WAYS

  const remove = (id: number): void => {
    const place = places.get(id)
    if (place === undefined) return
    ring[place] = undefined
    places.delete(id)
  }

  return {
    get size() {
      return places.size
    },
    add(original) {
      remove(original.id)
      const place = next
      next = (next + 1) % capacity
      const oldest = ring[place]
      if (oldest !== undefined) places.delete(oldest.id)
      ring[place] = original
      places.set(original.id, place)
      for (const band of bands(original.signature)) {
        const at = bucket(band)
        keys.copyWithin(at + 1, at, at + WAYS - 1)
        entries.copyWithin(at + 1, at, at + WAYS - 1)
        keys[at] = band
        entries[at] = place + 1
      }
    },
    find({ published, signature, source }) {
      let best: Original | undefined
      let most = 0
      const looked: Original[] = []
      for (const band of bands(signature)) {
        const at = bucket(band)
        for (let slot = at; slot < at + WAYS; slot++) {
          const entry = entries[slot] as number
          if (entry === 0 || keys[slot] !== band) continue
          const other = ring[entry - 1]
          if (other === undefined || looked.includes(other)) continue
          looked.push(other)
          if (Math.abs(other.published - published) > window) continue
          if (!isCopy(signature, other.signature, source === other.source)) continue
          const alike = similarity(signature, other.signature)
          if (best === undefined || alike > most || (alike === most && other.id < best.id)) {
            most = alike
            best = other
          }
        }
      }
      return best?.id ?? null
    },
    delete: remove,
  }
}
