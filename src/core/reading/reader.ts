/**
 * Reads feeds: bytes → stories with their words, signature, tags and alerts. A few small ones are read in the engine's thread, when they
 * are needed. Many, and large ones, are read in a thread of their own (worker.ts), so that the engine's stays free for the archive and the page.
 */
import { type BridgeConcept, partRead, type StoryText } from '../events/clusters/readStory.ts'
import type { Reading } from '../events/clusters/traits.ts'
import type { FeedLook, FeedToLookAt } from '../feeds/find/look.ts'
import type { Candidate } from '../feeds/find/page.ts'
import { free } from '../feeds/free.ts'
import type { StoryDraft } from '../story.ts'
import type { DefinitionRows, Definitions } from '../watch/definitions.ts'
import type { FeedRead, FeedToRead, LinesRead, LinesToRead, StoriesRead, Wanted } from './drafts.ts'
import { type ReadStory, readAgain, readStory } from './readStory.ts'
import { type Begun, createReadingThread, type ReadingThread, type StoriesOfThread } from './thread.ts'

export interface Reader {
  /** Announces feeds (or as much other work): the definitions begin to be compiled, and the thread is started if there are enough of them. */
  expect(feeds: number): void
  /** Begins a feed, whose body may be empty from then on. @throws FeedError */
  read(work: FeedToRead): Promise<FeedRead>
  /** Begins lines of an archive. */
  readLines(work: LinesToRead): Promise<LinesRead>
  /** What a feed is before it is added. @throws FeedError */
  look(work: FeedToLookAt): Promise<FeedLook>
  /** The feeds that a page leads to; null where the answer is no page. */
  page(work: FeedToLookAt): Promise<readonly Candidate[] | null>
  /** Texts of the archive as events are found by them, in the thread, when it has nothing else to read; null where there is none. */
  readTexts(texts: readonly StoryText[]): Promise<readonly Reading[] | null>
  /** How many questions the thread has not answered yet, but for texts of the archive. */
  readonly busy: number
  close(): Promise<void>
}

export interface ReaderParts {
  /** The definitions as they are now, here and in the thread. */
  readonly definitions: () => Pick<Definitions, 'percolator' | 'compiled' | keyof DefinitionRows>
  /** The concepts that texts are read by. */
  readonly bridges: () => readonly BridgeConcept[]
  readonly timeZone: string
  readonly log: (line: string) => void
  /** What the thread may hold, megabytes. */
  readonly memoryMb?: number
}

/** The readers of all formats, loaded with the first feed: an engine that only answers needs none. */
const loadDrafts = () => import('./drafts.ts')
const loadLook = () => import('../feeds/find/look.ts')

/** Starting a thread takes about as long as reading some feeds. */
const WORTH_A_THREAD = 8
/** Bytes of a feed that is read in the thread even when it comes alone: in the engine's it would be a pause that is felt. */
const LARGE = 300_000

export function createReader({ definitions, bridges, timeZone, log, memoryMb }: ReaderParts): Reader {
  const percolator = () => definitions().percolator
  let thread: ReadingThread | undefined
  let concepts: readonly BridgeConcept[] | undefined

  /** Stories read in this thread. */
  const storiesHere = (drafts: readonly (StoryDraft | undefined)[], at: number): StoriesRead => ({
    async stories(wanted) {
      await definitions().compiled()
      const now = percolator()
      return new Map(
        wanted.map(({ index, source, fetched }) => [
          index,
          readStory(source, drafts[index] as StoryDraft, fetched, at, now),
        ]),
      )
    },
    close: () => undefined,
  })

  async function readHere(work: FeedToRead): Promise<FeedRead> {
    const { draftsOf, keyOf } = await loadDrafts()
    const { head, drafts } = draftsOf(work)
    return { head, keys: drafts.map(keyOf), ...storiesHere(drafts, work.at) }
  }

  async function readLinesHere(work: LinesToRead): Promise<LinesRead> {
    const { draftsOfLines } = await loadDrafts()
    const { keys, drafts } = draftsOfLines(work)
    return { keys, ...storiesHere(drafts, work.at) }
  }

  /** Stories that the thread reads. @param again begins once more, where that thread ended meanwhile for something else */
  function storiesThere(begun: Begun<unknown>, at: number, again: () => Promise<StoriesRead>): StoriesRead {
    let instead: StoriesRead | undefined
    return {
      async stories(wanted) {
        const answer = instead === undefined ? await begun.stories(wanted) : null
        if (answer !== null) return new Map(wanted.map((one) => [one.index, storyOf(answer, one, at)]))
        instead ??= await again()
        return instead.stories(wanted)
      },
      close() {
        begun.close()
        instead?.close()
      },
    }
  }

  /** A story that the thread read, matched by the definitions as they are now. */
  function storyOf(answer: StoriesOfThread, { index, source, fetched }: Wanted, at: number): ReadStory {
    const story = answer.stories.get(index) as ReadStory
    const now = percolator()
    if (now === answer.percolator && now.version === answer.version) return story
    return readAgain(source, story, fetched, at, now)
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

  async function read(work: FeedToRead): Promise<FeedRead> {
    if (work.body.length >= LARGE) ready()
    const begun = await inThread((running) => running.read(work))
    if (begun === null) return readHere(work)
    const { contents, body = work.body } = begun
    const there = storiesThere(begun, work.at, () => read({ ...work, body }))
    return {
      ...contents,
      stories: there.stories,
      close() {
        there.close()
        if (begun.body !== undefined) free(begun.body)
      },
    }
  }

  async function readLines(work: LinesToRead): Promise<LinesRead> {
    const begun = await inThread((running) => running.read(work))
    return begun === null
      ? readLinesHere(work)
      : { ...begun.contents, ...storiesThere(begun, work.at, () => readLines(work)) }
  }

  return {
    expect(feeds) {
      if (feeds >= WORTH_A_THREAD) ready()
      // The themes and a thousand alerts take a second, the first time: not between an answer and what is told of it.
      if (feeds > 0) void definitions().compiled()
    },
    read,
    readLines,
    async look(work) {
      if (work.body.length >= LARGE) ready()
      return (await inThread((running) => running.look(work))) ?? (await loadLook()).lookAt(work)
    },
    async page(work) {
      if (work.body.length >= LARGE) ready()
      const read = await inThread((running) => running.page(work))
      return read === null ? (await import('../feeds/find/page.ts')).readPage(work) : read.candidates
    },
    readTexts(texts) {
      ready()
      concepts ??= bridges()
      const [by, parts] = [concepts, texts.map(partRead)]
      return inThread((running) => running.texts(parts, by))
    },
    get busy() {
      return thread?.busy ?? 0
    },
    async close() {
      await thread?.close()
    },
  }
}
