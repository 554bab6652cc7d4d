/** The reading thread seen from the engine's: started when it is needed, ended when it has rested for a while. */
import { Worker } from 'node:worker_threads'
import { FeedError } from '../feeds/feed.ts'
import type { SourceRecord } from '../store/sources.ts'
import type { DefinitionRows, Definitions } from '../watch/definitions.ts'
import type { Percolator } from '../watch/percolator.ts'
import type { Arrived, ArrivedLines, FeedHead, LineName, StoryName } from './arrived.ts'
import type { ReadStory } from './readStory.ts'

/** What is told of a feed, or of lines, before any of its stories is read. */
export interface Told {
  readonly head: FeedHead
  readonly names: readonly StoryName[]
}
export interface ToldLines {
  readonly names: readonly LineName[]
}

/** A story that is to be read: its place, and its source. */
export interface Wanted {
  readonly index: number
  readonly source: SourceRecord
}

export type ToThread =
  | { readonly type: 'read'; readonly id: number; readonly arrived: Arrived | ArrivedLines }
  /** Stored definitions, of the kinds that changed since the last time; all of them at first. */
  | { readonly type: 'define'; readonly timeZone: string; readonly rows: Partial<DefinitionRows> }
  | { readonly type: 'wanted'; readonly id: number; readonly wanted: readonly Wanted[] }

export type FromThread =
  | { readonly type: 'told'; readonly id: number; readonly told: Told | ToldLines }
  | { readonly type: 'stories'; readonly id: number; readonly stories: ReadonlyMap<number, ReadStory> }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure }

/** An error as it crosses over: a FeedError where it has a code. */
export interface Failure {
  readonly message: string
  readonly code: string | null
}

export interface ThreadAnswer<T> {
  readonly told: T
  readonly stories: ReadonlyMap<number, ReadStory>
  /** By which definitions the stories were read. */
  readonly percolator: Percolator
  readonly version: number
}

/** What the thread is brought in step with: the percolator here, and the rows from which it makes one of its own. */
export type CurrentDefinitions = Pick<Definitions, 'percolator' | keyof DefinitionRows>

const KINDS = ['conceptRecords', 'themes', 'alerts'] as const satisfies (keyof DefinitionRows)[]

export interface ReadingThread {
  /** Takes a third of a second, of which the definitions are half; what it is given meanwhile it reads then. */
  start(): void
  /** Whether it is started; false where it cannot be. */
  readonly on: boolean
  readonly busy: number
  /** null where the thread ended meanwhile. @throws FeedError */
  read(arrived: Arrived, wanted: (told: Told) => Wanted[]): Promise<ThreadAnswer<Told> | null>
  read(arrived: ArrivedLines, wanted: (told: ToldLines) => Wanted[]): Promise<ThreadAnswer<ToldLines> | null>
  close(): Promise<void>
}

/** It holds all definitions a second time: some tens of megabytes that a quiet engine does without. */
const REST_MS = 60_000
/** Room for the strings of a few feeds, so that they are gone before they are ever moved. */
const YOUNG_MB = 64

/** As it stands among the sources, and as a bundle beside the engine's. */
const ENTRY = import.meta.url.endsWith('.ts') ? './worker.ts' : './reading.js'

interface Waiting {
  readonly wanted: (told: Told & ToldLines) => Wanted[]
  readonly resolve: (answer: ThreadAnswer<Told & ToldLines> | null) => void
  readonly reject: (error: unknown) => void
  answer?: Omit<ThreadAnswer<Told & ToldLines>, 'stories'>
}

export function createReadingThread(
  definitions: () => CurrentDefinitions,
  timeZone: string,
  log: (line: string) => void,
): ReadingThread {
  let worker: Worker | undefined
  let broken = false
  let rest: NodeJS.Timeout | undefined
  let last = 0
  const waiting = new Map<number, Waiting>()
  let known: DefinitionRows | undefined

  const tell = (message: ToThread): void => worker?.postMessage(message)

  /** Sends the thread the definitions that changed since it was last told. */
  function define(): CurrentDefinitions {
    const now = definitions()
    const changed = KINDS.filter((kind) => known?.[kind] !== now[kind])
    if (changed.length > 0) {
      const rows = Object.fromEntries(changed.map((kind) => [kind, now[kind]]))
      tell({ type: 'define', timeZone, rows })
      known = now
    }
    return now
  }

  function settle(id: number): Waiting | undefined {
    const one = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) {
      worker?.unref()
      rest = setTimeout(end, REST_MS).unref()
    }
    return one
  }

  function heard(message: FromThread): void {
    const one = waiting.get(message.id)
    if (one === undefined) return
    switch (message.type) {
      case 'told':
        try {
          // It tells of what it was given, a feed or lines.
          const told = message.told as Told & ToldLines
          const wanted = one.wanted(told)
          const { percolator } = define()
          one.answer = { told, percolator, version: percolator.version }
          tell({ type: 'wanted', id: message.id, wanted })
        } catch (error) {
          settle(message.id)?.reject(error)
        }
        return
      case 'stories':
        settle(message.id)
        one.resolve({
          ...(one.answer as Omit<ThreadAnswer<Told & ToldLines>, 'stories'>),
          stories: message.stories,
        })
        return
      case 'failed': {
        const { message: text, code } = message.failure
        settle(message.id)?.reject(code === null ? new Error(text) : new FeedError(code, text))
      }
    }
  }

  function end(): void {
    clearTimeout(rest)
    void worker?.terminate()
    worker = undefined
    known = undefined
    for (const id of [...waiting.keys()]) settle(id)?.resolve(null)
    clearTimeout(rest)
  }

  return {
    start() {
      if (worker !== undefined || broken) return
      try {
        const mine = new Worker(new URL(ENTRY, import.meta.url), {
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
        })
        worker = mine
        mine.unref()
        mine.on('message', heard)
        mine.on('error', (error) => {
          if (worker !== mine) return
          broken = true
          log(`The reading thread failed; feeds are read without it: ${error.stack ?? error}`)
          end()
        })
        rest = setTimeout(end, REST_MS).unref()
        define()
      } catch (error) {
        broken = true
        log(`The reading thread cannot be started; feeds are read without it: ${error}`)
        end()
      }
    },
    get on() {
      return worker !== undefined
    },
    get busy() {
      return waiting.size
    },
    read(
      arrived: Arrived | ArrivedLines,
      wanted: (told: Told & ToldLines) => Wanted[],
    ): Promise<ThreadAnswer<Told & ToldLines> | null> {
      clearTimeout(rest)
      const id = ++last
      return new Promise((resolve, reject) => {
        waiting.set(id, { wanted, resolve, reject })
        worker?.ref()
        tell({ type: 'read', id, arrived })
      })
    },
    async close() {
      broken = true
      const ending = worker
      end()
      await ending?.terminate()
    },
  }
}
