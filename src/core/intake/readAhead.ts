import type { Reading } from '../events/clusters/traits.ts'
import type { Reader } from '../reading/reader.ts'
import type { StoryRecord } from '../store/stories.ts'

/**
 * Stories whose turn to get their event comes soon are read in the reading thread, while those before them get theirs. What was
 * read of a story is used only if its text is still the same.
 */
export interface ReadAhead {
  /** Resolves when the next story after this one has been read, or none is read ahead; then the stories after it are begun. */
  ready(after: number): Promise<void>
  /** What was read of a story; undefined where it is to be read in place. */
  of(story: StoryRecord): Reading | undefined
  /** True if the story after this one has not been read, and is about to be. */
  isWaiting(after: number): boolean
}

/** Stories read at once: some hundredths of a second. */
const AT_ONCE = 192

interface Batch {
  readonly readings: ReadonlyMap<number, { readonly story: StoryRecord; readonly reading: Reading }>
  /** The last of its stories. */
  readonly last: number
}

/**
 * @param waiting stories after an id, in order
 * @param isOn false: nothing is begun now
 */
export function createReadAhead(
  waiting: (after: number, limit: number) => readonly StoryRecord[],
  read: Reader['readTexts'],
  isOn: () => boolean,
): ReadAhead {
  let held: Batch = { readings: new Map(), last: 0 }
  let coming: Promise<Batch | null> | undefined
  /** The reading thread does not answer. */
  let isOver = false

  /** What fails here fails again where the story is read in place, and is told there. */
  const begin = (after: number): Promise<Batch | null> =>
    readAfter(after).catch(() => {
      isOver = true
      return null
    })

  async function readAfter(after: number): Promise<Batch | null> {
    const stories = waiting(after, AT_ONCE)
    const last = stories.at(-1)
    if (last === undefined) return null
    const readings = await read(stories)
    isOver ||= readings === null
    return (
      readings && {
        last: last.id,
        readings: new Map(stories.map((story, i) => [story.id, { story, reading: readings[i] as Reading }])),
      }
    )
  }

  const ahead: ReadAhead = {
    async ready(after) {
      if (!ahead.isWaiting(after)) return
      coming ??= begin(after)
      const batch = await coming
      coming = undefined
      if (batch === null) return
      held = batch
      if (isOn()) coming = begin(batch.last)
    },
    of(story) {
      const one = held.readings.get(story.id)
      return one !== undefined && isSame(one.story, story) ? one.reading : undefined
    },
    isWaiting: (after) => after >= held.last && !isOver && (coming !== undefined || isOn()),
  }
  return ahead
}

const isSame = (a: StoryRecord, b: StoryRecord): boolean =>
  a.title === b.title && a.summary === b.summary && a.text === b.text && a.lang === b.lang
