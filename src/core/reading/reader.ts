/**
 * Reads feeds: bytes → stories with their words, signature, tags and alerts. A few are read here, when they are needed; where
 * many come, a thread does it (worker.ts), so that this one has its hands free for the archive and for the page.
 */
import type { Percolator } from '../percolator.ts'
import { type Arrived, draftsOf, type FeedRead, type StoryName, Unread } from './feed.ts'
import { readAgain, readStory } from './readStory.ts'
import { createReadingThread, type DefinitionRows, type ReadingThread } from './thread.ts'

export interface Reader {
  /** So many feeds may come at once: a thread is made ready where it is worth it. Resolves when one is, or none can be. */
  expect(feeds: number): Promise<void>
  /**
   * @param wanted which of the feed's stories are to be read, by their place: the others are known and unchanged
   * @throws FeedError
   */
  read(arrived: Arrived, wanted: (names: readonly StoryName[]) => number[]): Promise<FeedRead>
  /** Reads here and now, any story of it when it is asked for. @throws FeedError */
  readHere(arrived: Arrived): FeedRead
  /** How many feeds the thread is reading. */
  readonly busy: number
  close(): Promise<void>
}

export interface ReaderParts {
  readonly percolator: () => Percolator
  readonly rows: () => DefinitionRows
  readonly log: (line: string) => void
}

/** A thread of its own takes about as long to start as some feeds to read. */
const WORTH_A_THREAD = 8

export function createReader({ percolator, rows, log }: ReaderParts): Reader {
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

  return {
    async expect(feeds) {
      if (feeds < WORTH_A_THREAD) return
      thread ??= createReadingThread(log)
      await thread.start()
    },
    async read(arrived, wanted) {
      if (thread?.ready !== true) return readHere(arrived)
      const answer = await thread.read(arrived, wanted, () => ({ percolator: percolator(), rows }))
      // The thread has ended, by a fault of its own: nothing is lost by that.
      if (answer === null) return readHere(arrived)
      const { head, names, stories, percolator: asked, version } = answer
      return {
        head,
        names,
        story(index) {
          const story = stories.get(index)
          if (story === undefined) throw new Unread()
          const now = percolator()
          if (now === asked && now.version === version) return story
          return readAgain(arrived.source, story, arrived.at, now)
        },
      }
    },
    readHere,
    get busy() {
      return thread?.busy ?? 0
    },
    async close() {
      await thread?.close()
    },
  }
}
