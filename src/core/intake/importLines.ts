import type { LineKey, LinesRead, LinesToRead, StoryKey } from '../reading/drafts.ts'
import { NotRead, type Reader } from '../reading/reader.ts'
import type { Commits } from '../store/commits.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { Stores } from '../stores.ts'
import type { NewOrChanged, Taken } from './newOrChanged.ts'
import type { StoryBatch } from './takeIn.ts'

/**
 * Reads lines of an archive and takes their stories in, each into the source of its name, in one transaction: each story
 * and all that follows from it, or nothing.
 */
export type ImportLines = (
  lines: Omit<LinesToRead, 'at'>,
  sourceOf: (name: string) => SourceRecord,
) => Promise<{ taken: Taken; keys: readonly LineKey[] }>

export interface ImportParts {
  readonly together: Stores['together']
  readonly reader: Reader
  readonly commits: Pick<Commits, 'read'>
  readonly newOrChanged: NewOrChanged
  readonly beginBatch: () => StoryBatch
  /** A shell is open. What is imported without one is old by the time a person could be told of it. */
  readonly hasShell: () => boolean
  /** The moment of arrival, epoch ms. */
  readonly now: () => number
}

/** So many lines of an archive are as much work as a feed. */
const LINES_LIKE_A_FEED = 50

export function createImportLines(parts: ImportParts): ImportLines {
  const { together, reader, commits, newOrChanged, beginBatch, hasShell, now } = parts

  return async (lines, sourceOf) => {
    const work = { ...lines, at: now() }
    const take = (read: LinesRead): Taken =>
      together(() => {
        const sum: Taken = { added: 0, updated: 0, hits: 0 }
        const batch = beginBatch()
        for (const [name, places] of bySource(read.keys)) {
          const brought = {
            keys: places.map((place) => read.keys[place] as StoryKey),
            story: (index: number) => read.story(places[index] as number),
          }
          const taken = newOrChanged.takeIn(batch, sourceOf(name), brought, work.at, 'lines')
          sum.added += taken.added
          sum.updated += taken.updated
          sum.hits += taken.hits
        }
        batch.finish({ isNews: hasShell() })
        return sum
      })
    const select = (keys: readonly LineKey[]) =>
      [...bySource(keys)].flatMap(([name, places]) => {
        const source = sourceOf(name)
        const mine = places.map((place) => keys[place] as StoryKey)
        return commits
          .read(() => newOrChanged.places(source, mine, 'lines'))
          .map((index) => ({ index: places[index] as number, source }))
      })
    reader.expect(lines.lines.length / LINES_LIKE_A_FEED)
    const read = await reader.readLines(work, select, sourceOf)
    // Before the transaction: a source that is made within it would be lost with a rollback.
    for (const name of bySource(read.keys).keys()) sourceOf(name)
    try {
      return { taken: take(read), keys: read.keys }
    } catch (error) {
      if (!(error instanceof NotRead)) throw error
      // A story that was known when the lines were read has gone since, so it was not read.
      return { taken: take(await reader.readLinesHere(work, sourceOf)), keys: read.keys }
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
