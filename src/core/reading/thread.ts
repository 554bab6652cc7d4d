/** The reading thread as the engine's thread sees it: started when it is needed, ended when it has been idle for a while. */
import { Worker } from 'node:worker_threads'
import type { BridgeConcept, StoryText } from '../events/clusters/readStory.ts'
import type { Reading } from '../events/clusters/traits.ts'
import { FeedError } from '../feeds/feed.ts'
import type { FeedLook, FeedToLookAt } from '../feeds/find/look.ts'
import type { Candidate } from '../feeds/find/page.ts'
import type { DefinitionRows, Definitions } from '../watch/definitions.ts'
import type { Percolator } from '../watch/percolator.ts'
import type { FeedToRead, LinesToRead, Wanted } from './drafts.ts'
import type { FeedContents, FromThread, LinesContents, ToThread } from './messages.ts'
import type { ReadStory } from './readStory.ts'

export interface ReadingThread {
  /** Takes a third of a second, half of it for the definitions; work that it is given meanwhile waits for that. */
  start(): void
  /** True once it is started; false where it cannot be. */
  readonly running: boolean
  /** How many questions it has not answered yet, but for texts of the archive. */
  readonly busy: number
  /**
   * Begins a feed or lines. Null, here and below, where the thread ended before it was done, by a fault or for something else
   * that it read; `running` says whether there is another.
   * A body of megabytes is moved to the thread and back: it is `begun.body` then.
   * @throws FeedError, too-large where this was what needed more memory than the thread has, interrupted where another was, and
   * took with it the body of this one
   */
  read(work: FeedToRead): Promise<Begun<FeedContents> | null>
  read(work: LinesToRead): Promise<Begun<LinesContents> | null>
  /** @throws FeedError */
  look(work: FeedToLookAt): Promise<FeedLook | null>
  page(work: FeedToLookAt): Promise<{ readonly candidates: readonly Candidate[] | null } | null>
  /** Texts of the archive as events are found by them, after all else that it has to read. @param concepts always the same list */
  texts(texts: readonly StoryText[], concepts: readonly BridgeConcept[]): Promise<readonly Reading[] | null>
  close(): Promise<void>
}

/** A feed or lines of which the thread holds the stories until it is closed. */
export interface Begun<Contents> {
  readonly contents: Contents
  /** Of a feed whose body was moved. */
  readonly body: Uint8Array | undefined
  /** Null where the thread has ended. @throws FeedError, too-large */
  stories(wanted: readonly Wanted[]): Promise<StoriesOfThread | null>
  close(): void
}

export interface StoriesOfThread {
  /** By their places among the keys. */
  readonly stories: ReadonlyMap<number, ReadStory>
  /** The percolator here, which in this version has the definitions that the stories were matched by. */
  readonly percolator: Percolator
  readonly version: number
}

/** What the thread is brought in step with: the percolator here, and the rows from which it makes one of its own. */
export type CurrentDefinitions = Pick<Definitions, 'percolator' | 'compiled' | keyof DefinitionRows>

/**
 * @param log is given a sentence where the thread fails
 * @param memoryMb what a thread may hold, megabytes
 */
export function createReadingThread(
  definitions: () => CurrentDefinitions,
  timeZone: string,
  log: (line: string) => void,
  memoryMb: number = MEMORY_MB,
): ReadingThread {
  let worker: Worker | undefined
  let broken = false
  let idleTimer: NodeJS.Timeout | undefined
  let lastId = 0
  const pending = new Map<number, Pending>()
  /** How many feeds are begun and not closed. */
  let begun = 0
  let sent: DefinitionRows | undefined
  let sentConcepts: readonly BridgeConcept[] | undefined
  /** How many of what is pending are texts of the archive. */
  let texts = 0

  /** Resolves when the last feed whose body was moved has been read: at most one is in the thread. */
  let moving: Promise<void> | undefined

  const send = (message: ToThread, moved: ArrayBuffer[] = []): void => worker?.postMessage(message, moved)

  /** Sends the definitions that changed since the last time. */
  function sendDefinitions(): CurrentDefinitions {
    const now = definitions()
    const changed = KINDS.filter((kind) => sent?.[kind] !== now[kind])
    if (changed.length > 0) {
      const rows = Object.fromEntries(changed.map((kind) => [kind, now[kind]]))
      send({ type: 'define', timeZone, rows })
      sent = now
    }
    return now
  }

  function ask(
    message: Exclude<ToThread, { type: 'define' | 'close' }>,
    moved: ArrayBuffer[] = [],
  ): Promise<Answer | null> {
    clearTimeout(idleTimer)
    return new Promise((resolve, reject) => {
      pending.set(message.id, { resolve, reject })
      worker?.ref()
      send(message, moved)
    })
  }

  function receive(message: FromThread): void {
    const one = settle(message.id)
    if (message.type === 'failed') {
      const { message: text, code } = message.failure
      one?.reject(code === null ? new Error(text) : new FeedError(code, text))
    } else one?.resolve(message)
  }

  function settle(id: number): Pending | undefined {
    const one = pending.get(id)
    pending.delete(id)
    if (pending.size === 0) {
      worker?.unref()
      rest()
    }
    return one
  }

  /** Ends the thread in a while, unless there is work. */
  function rest(): void {
    clearTimeout(idleTimer)
    if (pending.size === 0 && begun === 0) idleTimer = setTimeout(end, IDLE_MS).unref()
  }

  function end(): void {
    clearTimeout(idleTimer)
    void worker?.terminate()
    worker = undefined
    sent = undefined
    sentConcepts = undefined
    for (const id of [...pending.keys()]) settle(id)?.resolve(null)
    clearTimeout(idleTimer)
  }

  function start(): void {
    if (worker !== undefined || broken) return
    try {
      /** The number of what the thread is at, which it writes: a thread without memory can send nothing more. */
      const at = new Int32Array(new SharedArrayBuffer(4))
      const started = new Worker(new URL(ENTRY, import.meta.url), {
        workerData: at,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: memoryMb },
      })
      worker = started
      started.unref()
      started.on('message', receive)
      started.on('error', (error) => {
        if (worker === started) fail(error, Atomics.load(at, 0))
      })
      rest()
      sendDefinitions()
    } catch (error) {
      broken = true
      log(`The reading thread cannot be started; feeds are read without it: ${error}`)
      end()
    }
  }

  /** @param at the number of what the thread was at; 0 where it was at none */
  function fail(error: Error & { code?: string }, at: number): void {
    const culprit = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? settle(at) : undefined
    if (culprit === undefined) {
      broken = true
      log(`The reading thread failed; feeds are read without it: ${error.stack ?? error}`)
      end()
      return
    }
    // Read here, it would take the engine's memory in place of the thread's.
    culprit.reject(
      new FeedError(
        'too-large',
        `To read it takes more than ${memoryMb} MB of memory, which is more than Wirewatch gives a feed. Nothing of it was taken in.`,
      ),
    )
    const others = [...pending.keys()].map((id) => settle(id))
    end()
    if (others.length > 0) start()
    for (const other of others) other?.resolve(null)
  }

  return {
    start,
    get running() {
      return worker !== undefined
    },
    get busy() {
      return pending.size - texts
    },
    async read(work: FeedToRead | LinesToRead): Promise<Begun<Contents> | null> {
      const moved = 'body' in work ? movable(work.body) : undefined
      const { promise: done, resolve: arrived } = Promise.withResolvers<void>()
      const isMoved = moved !== undefined
      if (isMoved) {
        const before = moving
        moving = done
        // The thread may have ended over the one before.
        if (before !== undefined) await before.then(start)
      }
      const id = ++lastId
      const reader = worker
      if (reader === undefined) {
        arrived()
        return null
      }
      const answer = await ask({ type: 'read', id, work, isMoved }, isMoved ? [moved] : []).finally(arrived)
      if (answer?.type !== 'contents') {
        if (isMoved) throw new FeedError('interrupted', INTERRUPTED)
        return null
      }
      begun++
      clearTimeout(idleTimer)
      let isOpen = true
      return {
        // They are of what was sent: a feed or lines.
        contents: answer.contents as Contents,
        body: answer.body,
        async stories(wanted) {
          await definitions().compiled()
          if (worker !== reader || worker === undefined) return null
          const { percolator } = sendDefinitions()
          const { version } = percolator
          const stories = await ask({ type: 'stories', id, wanted })
          return stories?.type === 'stories' ? { stories: stories.stories, percolator, version } : null
        },
        close() {
          if (!isOpen) return
          isOpen = false
          begun--
          if (worker === reader) send({ type: 'close', id })
          rest()
        },
      }
    },
    async look(work) {
      const answer = await ask({ type: 'look', id: ++lastId, work })
      return answer?.type === 'looked' ? answer.look : null
    },
    async page(work) {
      const answer = await ask({ type: 'page', id: ++lastId, work })
      return answer?.type === 'page' ? { candidates: answer.candidates } : null
    },
    async texts(list, concepts) {
      const isNew = sentConcepts !== concepts
      sentConcepts = concepts
      texts++
      try {
        const answer = await ask({ type: 'texts', id: ++lastId, texts: list, ...(isNew ? { concepts } : {}) })
        return answer?.type === 'readings' ? answer.readings : null
      } finally {
        texts--
      }
    },
    async close() {
      broken = true
      const ending = worker
      end()
      await ending?.terminate()
    },
  }
}

/** The buffer of a body that is worth moving, and is all of it; undefined for others. */
function movable({ buffer, byteLength }: Uint8Array): ArrayBuffer | undefined {
  return byteLength >= MOVED && buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? buffer
    : undefined
}
/** Bytes: of what is smaller the copy does not matter. */
const MOVED = 2_000_000

const INTERRUPTED =
  'Another feed needed more memory than Wirewatch gives to reading, and this one was lost with it. It is fetched again.'

/** Of a feed or of lines: callers know which they sent. */
type Contents = FeedContents & LinesContents

type Answer = Exclude<FromThread, { type: 'failed' }>

/** A question that the thread has not answered. */
interface Pending {
  readonly resolve: (answer: Answer | null) => void
  readonly reject: (error: unknown) => void
}

const KINDS = ['conceptRecords', 'themes', 'alerts'] as const satisfies (keyof DefinitionRows)[]

/** The thread holds all definitions a second time: some tens of megabytes that a quiet engine does without. */
const IDLE_MS = 60_000
/**
 * Half as much again as the worst feeds of 20 MB need (`npm run bench -- attack`). The collector works the harder the nearer it is: with
 * room for more, the engine held 150 MB more of what nobody needs.
 */
const MEMORY_MB = 384
/** Room for the strings of a few stories: most are garbage before the collector would promote them. */
const YOUNG_MB = 24

/** As it stands among the sources, and as a bundle beside the engine's. */
const ENTRY = import.meta.url.endsWith('.ts') ? './worker.ts' : './reading.js'
