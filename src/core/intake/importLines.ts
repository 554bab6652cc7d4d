import type { LineKey, LinesToRead, StoryKey } from '../reading/drafts.ts'
import type { Reader } from '../reading/reader.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { Stores } from '../stores.ts'
import { add, type TakeInAll, type Taken, type Write } from './newOrChanged.ts'
import type { StoryBatch } from './takeIn.ts'

/** Reads lines of an archive and takes their stories in, each into the source of its name. */
export type ImportLines = (
  lines: Omit<LinesToRead, 'at'>,
  sourceOf: (name: string) => SourceRecord,
) => Promise<{ taken: Taken; keys: readonly LineKey[] }>

export interface ImportParts {
  readonly together: Stores['together']
  readonly reader: Reader
  readonly takeInAll: TakeInAll
  readonly beginBatch: (options: { readonly isNews: boolean }) => StoryBatch
  /** A shell is open. What is imported without one is old by the time a person could be told of it. */
  readonly hasShell: () => boolean
  /** The moment of arrival, epoch ms. */
  readonly now: () => number
}

/** So many lines of an archive are as much work as a feed. */
const LINES_LIKE_A_FEED = 50

export function createImportLines(parts: ImportParts): ImportLines {
  const { together, reader, takeInAll, beginBatch, hasShell, now } = parts

  /** A slice is a transaction of its own; the event loop serves others before the next. */
  const write: Write = async (work) => {
    const result = together(() => {
      const batch = beginBatch({ isNews: hasShell() })
      const result = work(batch)
      batch.finish()
      return result
    })
    await new Promise((resolve) => setImmediate(resolve))
    return result
  }

  /** Lines are read ahead, and taken in one after the other: the same story may be in several. */
  let before: Promise<unknown> = Promise.resolve()

  return async (lines, sourceOf) => {
    const at = now()
    reader.expect(lines.lines.length / LINES_LIKE_A_FEED)
    const read = await reader.readLines({ ...lines, at })
    const take = async (): Promise<Taken> => {
      const sum: Taken = { added: 0, updated: 0, hits: 0 }
      for (const [name, places] of bySource(read.keys)) {
        const taken = await takeInAll(
          sourceOf(name),
          {
            keys: places.map((place) => read.keys[place] as StoryKey),
            async stories(wanted) {
              const placed = wanted.map((one) => ({ ...one, index: places[one.index] as number }))
              const stories = await read.stories(placed)
              return new Map(wanted.map(({ index }, n) => [index, stories.get(placed[n]?.index as number)!]))
            },
            at,
            brought: 'lines',
          },
          { write, last: (taken) => taken },
        )
        add(sum, taken)
      }
      return sum
    }
    try {
      const mine = before.then(take, take)
      before = mine
      return { taken: await mine, keys: read.keys }
    } finally {
      read.close()
    }
  }
}

/** Places of the lines that are stories, by the name of their source. */
function bySource(keys: readonly LineKey[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  keys.forEach((name, place) => {
    if ('error' in name) return
    const list = places.get(name.source)
    if (list === undefined) places.set(name.source, [place])
    else list.push(place)
  })
  return places
}
