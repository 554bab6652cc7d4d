/**
 * Reads feeds: bytes → stories with their words, signature, tags and alerts. A few small ones are read in the engine's thread, when they
 * are needed. Many, and large ones, are read in a thread of their own (worker.ts), so that the engine's stays free for the archive and the page.
 */

import type { SourceRecord } from '../store/sources.ts'
import type { DefinitionRows, Definitions } from '../watch/definitions.ts'
import type { FeedRead, FeedToRead, LineKey, LinesRead, LinesToRead, StoryKey } from './drafts.ts'
import type { Selected } from './messages.ts'
import { type ReadStory, readAgain, readStory } from './readStory.ts'
import { createReadingThread, type ReadingThread, type ThreadAnswer } from './thread.ts'

/** The story was not among those that were to be read: the feed must be read once more. */
export class NotRead extends Error {
  override readonly name = 'NotRead'
}

export interface Reader {
  /** Announces feeds (or as much other work): the thread is started if there are enough of them. */
  expect(feeds: number): void
  /**
   * Reads a feed.
   * @param select the places of the stories that are to be read: the others are known and unchanged
   * @throws FeedError
   */
  read(work: FeedToRead, select: (keys: readonly StoryKey[]) => number[]): Promise<FeedRead>
  /** Reads a feed in this thread: each story when it is asked for. @throws FeedError */
  readHere(work: FeedToRead): Promise<FeedRead>
  /** Reads lines of an archive; each selected one comes with its source. */
  readLines(
    work: LinesToRead,
    select: (keys: readonly LineKey[]) => Selected[],
    sourceOf: (name: string) => SourceRecord,
  ): Promise<LinesRead>
  readLinesHere(work: LinesToRead, sourceOf: (name: string) => SourceRecord): Promise<LinesRead>
  /** How many feeds (or batches of lines) the thread is reading. */
  readonly busy: number
  close(): Promise<void>
}

export interface ReaderParts {
  /** The definitions as they are now, here and in the thread. */
  readonly definitions: () => Pick<Definitions, 'percolator' | keyof DefinitionRows>
  readonly timeZone: string
  readonly log: (line: string) => void
  /** What the thread may hold, megabytes. */
  readonly memoryMb?: number
}

/** The readers of all formats, loaded with the first feed: an engine that only answers needs none. */
const loadDrafts = () => import('./drafts.ts')

/** Starting a thread takes about as long as reading some feeds. */
const WORTH_A_THREAD = 8
/** Bytes of a feed that is read in the thread even when it comes alone: in the engine's it would be a pause that is felt. */
const LARGE = 300_000

export function createReader({ definitions, timeZone, log, memoryMb }: ReaderParts): Reader {
  const percolator = () => definitions().percolator
  let thread: ReadingThread | undefined

  async function readHere(work: FeedToRead): Promise<FeedRead> {
    const { draftsOf } = await loadDrafts()
    const { source, at } = work
    const { head, drafts } = draftsOf(work)
    return {
      head,
      keys: drafts,
      story(index) {
        const draft = drafts[index]
        if (draft === undefined) throw new NotRead()
        return readStory(source, draft, at, percolator())
      },
    }
  }

  async function readLinesHere(
    work: LinesToRead,
    sourceOf: (name: string) => SourceRecord,
  ): Promise<LinesRead> {
    const { draftsOfLines } = await loadDrafts()
    const { keys, drafts } = draftsOfLines(work)
    return {
      keys,
      story(index) {
        const draft = drafts[index]
        const name = keys[index]
        if (draft === undefined || name === undefined || 'error' in name) throw new NotRead()
        return readStory(sourceOf(name.source), draft, work.at, percolator())
      },
    }
  }

  /** A story that the thread read, matched by the definitions as they are now. */
  function storyOf(
    answer: ThreadAnswer<unknown>,
    index: number,
    source: SourceRecord,
    at: number,
  ): ReadStory {
    const story = answer.stories.get(index)
    if (story === undefined) throw new NotRead()
    const now = percolator()
    if (now === answer.percolator && now.version === answer.version) return story
    return readAgain(source, story, at, now)
  }

  /** Starts the thread, unless it runs. */
  function ready(): void {
    thread ??= createReadingThread(definitions, timeZone, log, memoryMb)
    thread.start()
  }

  /** What the thread answers, or the thread that follows one that ended for something else; null where none runs. */
  async function inThread<Answer>(
    read: (thread: ReadingThread) => Promise<Answer | null>,
  ): Promise<Answer | null> {
    let answer: Answer | null = null
    while (answer === null && thread?.running === true) answer = await read(thread)
    return answer
  }

  return {
    expect(feeds) {
      if (feeds >= WORTH_A_THREAD) ready()
    },
    async read(work, select) {
      if (work.body.length >= LARGE) ready()
      const { source, at } = work
      const answer = await inThread((running) =>
        running.read(work, ({ keys }) => select(keys).map((index) => ({ index, source }))),
      )
      if (answer === null) return readHere(work)
      return { ...answer.contents, story: (index) => storyOf(answer, index, source, at) }
    },
    async readLines(work, select, sourceOf) {
      const answer = await inThread((running) => running.read(work, ({ keys }) => select(keys)))
      if (answer === null) return readLinesHere(work, sourceOf)
      const { keys } = answer.contents
      return {
        keys,
        story(index) {
          const name = keys[index]
          if (name === undefined || 'error' in name) throw new NotRead()
          return storyOf(answer, index, sourceOf(name.source), work.at)
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
