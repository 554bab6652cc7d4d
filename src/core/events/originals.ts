/** The originals of copies, in memory: for a stream of stories without an archive. */
import { bands, isCopy, type Signature } from './copies.ts'
import { COPY_WINDOW_MS } from './original.ts'

export interface Originals {
  /**
   * Takes a story in.
   * @param story its number, ascending; when it was published in epoch ms, NaN where that is not known: it comes now; its source, if known
   * @returns the number of its original: of a copy of a copy the first; null where it is no copy
   */
  take(story: {
    readonly number: number
    readonly at: number
    readonly source: string | undefined
    readonly signature: Signature | null
  }): number | null
}

interface Original {
  readonly number: number
  readonly at: number
  /** What the clock showed when it came: the newest date until then; NaN before any. */
  readonly arrived: number
  readonly source: string | undefined
  readonly signature: Signature
}

/** Originals kept at most; the one that came first goes first. */
const MOST = 100_000
/** The latest stay however far the clock jumps: one story with a wrong date does not end the week of all others. */
const STAY = 2000
/** Originals compared with one story at most, those that came first. */
const COMPARED = 200

export function createOriginals(): Originals {
  const byBand = new Map<number, Original[]>()
  const kept = new Map<number, Original>()
  let clock = Number.NaN

  function forget(): void {
    for (const original of kept.values()) {
      const isOver = clock - original.arrived > COPY_WINDOW_MS && kept.size > STAY
      if (kept.size <= MOST && !isOver) return
      kept.delete(original.number)
      for (const band of bands(original.signature)) {
        const list = byBand.get(band)?.filter((other) => other !== original) ?? []
        if (list.length === 0) byBand.delete(band)
        else byBand.set(band, list)
      }
    }
  }

  /** Undated stories, and originals of such, go by when they came. */
  const apart = (at: number, other: Original): number =>
    Number.isNaN(at) || Number.isNaN(other.at) ? clock - other.arrived : Math.abs(at - other.at)

  return {
    take({ number, at, source, signature }) {
      if (signature === null) return null
      if (!(clock >= at) && !Number.isNaN(at)) clock = at
      forget()
      const own = bands(signature)
      const candidates = new Set(own.flatMap((band) => byBand.get(band)?.slice(0, COMPARED) ?? []))
      for (const other of [...candidates].sort((a, b) => a.number - b.number))
        if (
          !(apart(at, other) > COPY_WINDOW_MS) &&
          isCopy(signature, other.signature, source !== undefined && source === other.source)
        )
          return other.number
      const original = { number, at, arrived: clock, source, signature }
      kept.set(number, original)
      for (const band of own) {
        const list = byBand.get(band)
        if (list === undefined) byBand.set(band, [original])
        else list.push(original)
      }
      return null
    },
  }
}
