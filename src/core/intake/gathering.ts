import type { Job } from '../../api/contract/common.ts'
import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { counted } from '../counted.ts'
import type { EventMemory } from '../events/memory.ts'
import type { JobControl, Jobs } from '../jobs.ts'
import type { Reader } from '../reading/reader.ts'
import type { StoryRecord } from '../store/stories.ts'
import type { Stores } from '../stores.ts'
import { createReadAhead, type ReadAhead } from './readAhead.ts'
import type { StoryBatch } from './takeIn.ts'

/**
 * Stories that did not get their event when they came in (too many at once, or an archive from before there were events) get it
 * in the background, in the order in which they came, in small transactions. How far it is stands in the archive, so that a run
 * cut short is taken up where it ended. Until then such a story counts as an event of its own.
 */
export interface Gathering {
  /** Begins where stories wait, unless it is under way. */
  start(): void
  /** How many stories wait, about. */
  waiting(): number
  /** Stories wait for their events and are about to get them. */
  isBehind(): boolean
  /** Resolves when no run is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface Parts extends Pick<Stores, 'together' | 'stories' | 'events' | 'clusters'>, Pick<Clock, 'now'> {
  readonly changes: Changes
  readonly jobs: Pick<Jobs, 'start' | 'finished'>
  readonly memory: Pick<EventMemory, 'remember' | 'unwritten' | 'write'>
  readonly beginBatch: () => StoryBatch
  readonly reader: Pick<Reader, 'readTexts'>
  readonly log: (line: string) => void
  /** False: nothing is gathered. */
  readonly isOn: boolean
  /** Stories are coming in. */
  readonly isTakingIn: () => boolean
}

/** How long a transaction takes, about: as long as a request of the page may have to wait. */
const SLICE_MS = 20
/** While stories come in it works for one part of the time in so many, so that they come in nearly as fast as without it. */
const PARTS = 16
/** Stories read at once. */
const STEP = 8
/** What is known of events is written anew after so many lines of the journal, and at the end after so many. */
const LONG_JOURNAL = 20_000
const SHORT_JOURNAL = 500
/** From so many on it is a job that the person sees. */
const MANY = 2000

export function createGathering(parts: Parts): Gathering {
  const { together, stories, events, clusters, memory, changes, jobs, beginBatch, now, log } = parts
  const closing = new AbortController()
  let running: Promise<unknown> | undefined
  /** There was something more to do when the run under way may have looked for the last time. */
  let isAskedAgain = false
  let isPrepared = false
  /** The run under way has moved stories between events. */
  let hasMoved = false
  /** The last run was cancelled, or failed. */
  let isStopped = false

  const storiesAfter = (id: number, limit: number): StoryRecord[] => stories.many(clusters.waiting(id, limit))

  /** @returns how many stories got their event in one transaction (0: none waits), and what alerts have to tell of them */
  const slice = (ahead: ReadAhead | undefined): { done: number; notices: number } =>
    together(() => {
      const end = performance.now() + SLICE_MS
      const batch = beginBatch()
      let done = 0
      do {
        const moved = batch.moveOn()
        done += moved
        if (moved > 0) {
          hasMoved = true
          continue
        }
        const { gathered } = clusters.state
        if (done > 0 && ahead?.isWaiting(gathered)) break
        const waiting = storiesAfter(gathered, STEP)
        if (waiting.length === 0) break
        batch.gather(waiting, now(), ahead?.of)
        done += waiting.length
      } while (performance.now() < end)
      return { done, notices: batch.finish() }
    })

  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  /** @param many many stories wait: they are read in the thread, unless that is busy with what comes in */
  async function run(signal: AbortSignal, report: JobControl['report'], many = false): Promise<number> {
    let done = 0
    const ahead = many
      ? createReadAhead(storiesAfter, parts.reader.readTexts, () => !parts.isTakingIn())
      : undefined
    for (const _ of memory.remember()) {
      await pause()
      if (closing.signal.aborted) return 0
    }
    for (;;) {
      if (memory.unwritten >= LONG_JOURNAL)
        for (const _ of memory.write(together)) {
          await pause()
          if (closing.signal.aborted) return done
        }
      await ahead?.ready(clusters.state.gathered)
      if (signal.aborted || closing.signal.aborted) return done
      const began = performance.now()
      const { done: some, notices } = slice(ahead)
      if (notices > 0) changes.emit({ type: 'alerts', hits: notices })
      if (some === 0) return done
      done += some
      report(done, done + clusters.waitingCount() + events.toBeMoved())
      const rest = parts.isTakingIn() ? (performance.now() - began) * (PARTS - 1) : 0
      await new Promise((resolve) => (rest > 0 ? setTimeout(resolve, rest) : setImmediate(resolve)))
      if (signal.aborted || closing.signal.aborted) return done
    }
  }

  /** @param waiting stories that wait for their event, `moving`: those that are moved from one to another @returns false: it was cancelled, or failed */
  async function begin(waiting: number, moving: number): Promise<boolean> {
    if (waiting + moving < MANY) {
      await run(closing.signal, () => undefined)
      return true
    }
    const [title, what] =
      waiting > 0
        ? ['Gathering stories into events', 'gathered']
        : ['Moving stories from event to event', 'moved']
    const job: Job = jobs.start('events', title, async ({ signal, report }) => {
      const done = await run(signal, report, waiting >= MANY)
      return `${counted(done, 'story', 'stories')} ${what}`
    })
    return (await jobs.finished(job.id)).state === 'done'
  }

  const gathering: Gathering = {
    start() {
      if (!parts.isOn || closing.signal.aborted) return
      if (running !== undefined) {
        isAskedAgain = true
        return
      }
      isAskedAgain = false
      const waiting = clusters.waitingCount()
      const moving = events.toBeMoved()
      const isBehind = waiting > 0 || memory.unwritten >= LONG_JOURNAL || moving > 0
      if (isPrepared && !isBehind) return
      isPrepared = true
      isStopped = false
      hasMoved = false
      running = begin(waiting, moving)
        .catch((error: unknown) => {
          log(`Gathering stories into events failed: ${error}`)
          return false
        })
        .then((isWhole) => {
          running = undefined
          isStopped = clusters.waitingCount() > 0
          if (waiting > 0 || hasMoved) changes.emit({ type: 'events' })
          if (isWhole && isAskedAgain) gathering.start()
        })
    },
    waiting: () => clusters.waitingCount(),
    isBehind: () => parts.isOn && !isStopped && clusters.waitingCount() > 0,
    async idle() {
      while (running !== undefined) await running
    },
    async close() {
      closing.abort()
      await gathering.idle()
      if (memory.unwritten >= SHORT_JOURNAL) for (const _ of memory.write(together));
    },
  }
  return gathering
}
