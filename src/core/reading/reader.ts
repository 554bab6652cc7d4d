/**
 * Reads feeds: bytes → stories with their words, signature, tags and alerts. A few are read here, when they are needed; where
 * many come, a thread does it (worker.ts), so that this one has its hands free for the archive and for the page.
 */

import type { SourceRecord } from '../store/sources.ts'
import type { DefinitionRows, Definitions } from '../watch/definitions.ts'
import {
  type Arrived,
  type ArrivedLines,
  draftsOf,
  draftsOfLines,
  type FeedRead,
  type LineName,
  type LinesRead,
  type StoryName,
  Unread,
} from './arrived.ts'
import { type ReadStory, readAgain, readStory } from './readStory.ts'
import { createReadingThread, type ReadingThread, type ThreadAnswer, type Wanted } from './thread.ts'

export interface Reader {
  /** So many feeds may come at once: a thread is started where it is worth it. */
  expect(feeds: number): void
  /**
   * @param wanted which of the feed's stories are to be read, by their place: the others are known and unchanged
   * @throws FeedError
   */
  read(arrived: Arrived, wanted: (names: readonly StoryName[]) => number[]): Promise<FeedRead>
  /** Reads here and now, any story of it when it is asked for. @throws FeedError */
  readHere(arrived: Arrived): FeedRead
  /** The same for lines of an archive; a wanted one is named with its source. */
  readLines(
    arrived: ArrivedLines,
    wanted: (names: readonly LineName[]) => Wanted[],
    sourceOf: (name: string) => SourceRecord,
  ): Promise<LinesRead>
  readLinesHere(arrived: ArrivedLines, sourceOf: (name: string) => SourceRecord): LinesRead
  /** How many feeds (or batches of lines) the thread is reading. */
  readonly busy: number
  close(): Promise<void>
}

export interface ReaderParts {
  /** The definitions as they are now, here and in the thread. */
  readonly definitions: () => Pick<Definitions, 'percolator' | keyof DefinitionRows>
  readonly timeZone: string
  readonly log: (line: string) => void
}

/** A thread of its own takes about as long to start as some feeds to read. */
const WORTH_A_THREAD = 8

export function createReader({ definitions, timeZone, log }: ReaderParts): Reader {
  const percolator = () => definitions().percolator
  let thread: ReadingThread | undefined

  function readHere(arrived: Arrived): FeedRead {
    const { source, at } = arrived
    const { head, drafts } = draftsOf(arrived)
    return {
      head,
      names: drafts,
      story(index) {
        const draft = drafts[index]
        if (draft === undefined) throw new Unread()
        return readStory(source, draft, at, percolator())
      },
    }
  }

  function readLinesHere(arrived: ArrivedLines, sourceOf: (name: string) => SourceRecord): LinesRead {
    const { names, drafts } = draftsOfLines(arrived)
    return {
      names,
      story(index) {
        const draft = drafts[index]
        const name = names[index]
        if (draft === undefined || name === undefined || 'error' in name) throw new Unread()
        return readStory(sourceOf(name.source), draft, arrived.at, percolator())
      },
    }
  }

  /** A story that the thread read, by the definitions as they are now. */
  function storyOf(
    answer: ThreadAnswer<unknown>,
    index: number,
    source: SourceRecord,
    at: number,
  ): ReadStory {
    const story = answer.stories.get(index)
    if (story === undefined) throw new Unread()
    const now = percolator()
    if (now === answer.percolator && now.version === answer.version) return story
    return readAgain(source, story, at, now)
  }

  return {
    expect(feeds) {
      if (feeds < WORTH_A_THREAD) return
      thread ??= createReadingThread(definitions, timeZone, log)
      thread.start()
    },
    async read(arrived, wanted) {
      if (thread?.on !== true) return readHere(arrived)
      const { source, at } = arrived
      const answer = await thread.read(arrived, ({ names }) =>
        wanted(names).map((index) => ({ index, source })),
      )
      // The thread has ended, by a fault of its own: nothing is lost by that.
      if (answer === null) return readHere(arrived)
      return { ...answer.told, story: (index) => storyOf(answer, index, source, at) }
    },
    async readLines(arrived, wanted, sourceOf) {
      if (thread?.on !== true) return readLinesHere(arrived, sourceOf)
      const answer = await thread.read(arrived, ({ names }) => wanted(names))
      if (answer === null) return readLinesHere(arrived, sourceOf)
      const { names } = answer.told
      return {
        names,
        story(index) {
          const name = names[index]
          if (name === undefined || 'error' in name) throw new Unread()
          return storyOf(answer, index, sourceOf(name.source), arrived.at)
        },
      }
    },
    readLinesHere,
    readHere,
    get busy() {
      return thread?.busy ?? 0
    },
    async close() {
      await thread?.close()
    },
  }
}
