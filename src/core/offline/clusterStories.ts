import { createClusterer } from '../events/clusters/clusterer.ts'
import { createStoryReader } from '../events/clusters/readStory.ts'
import { frozenSetting } from '../events/clusters/setting.ts'
import { signature } from '../events/copies.ts'
import { createOriginals } from '../events/originals.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { builtInPack } from './builtInPack.ts'
import { type Id, type LineProblem, type Moment, readStories } from './storyLines.ts'

export interface ClusteredStory {
  readonly id: string
  /** Opaque; the same stories in the same order have the same events. */
  readonly event: string
  /** The first story with its text, if there is one. */
  readonly copyOf: string | null
}

/**
 * Gathers the stories of a file into events, as they would come one by one in the file's order, and gives the event of each after
 * all have come: in the file's order.
 * @param report called for each line that cannot be used; the others are used
 * @throws Problem where the file cannot be read
 */
export async function* clusterStories(
  file: string,
  moment: Moment,
  report: (problem: LineProblem) => void,
): AsyncGenerator<ClusteredStory> {
  const read = createStoryReader(builtInPack().concepts)
  const clusterer = createClusterer(frozenSetting())
  const originals = createOriginals()
  const ids: Id[] = []
  const events: number[] = []
  const copies = new Map<number, number>()
  /** Which event each merged one went on as. */
  const goesOn = new Map<number, number>()
  for await (const batch of readStories(file, moment, report))
    for (const { id, subject } of batch) {
      const { published } = subject
      const number = ids.length
      const original = originals.take({
        number,
        at: published ?? Number.NaN,
        source: subject.source?.title,
        signature: signature(tokenise(subject)),
      })
      if (original !== null) copies.set(number, original)
      const { event, merged } = clusterer.add({
        reading: read(subject),
        published,
        event: original === null ? undefined : events[original],
      })
      for (const from of merged) goesOn.set(from, event)
      ids.push(id)
      events.push(event)
    }
  for (const [number, id] of ids.entries()) {
    let event = events[number] as number
    for (let next = goesOn.get(event); next !== undefined; next = goesOn.get(event)) event = next
    const original = copies.get(number)
    yield {
      id: String(id),
      event: `e${event}`,
      copyOf: original === undefined ? null : String(ids[original]),
    }
  }
}
