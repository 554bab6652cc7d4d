import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { type CheckpointOrder, Order } from './checkpointOrder.ts'
import type { Place } from './place.ts'

/**
 * Copies what was committed from the write-ahead log into the archive. A thread with a connection of its own copies most of it
 * beside the engine's work: 32 MB take 0.1 s and more, and a page would wait for them. What comes in meanwhile it copies too, and the
 * little that is left then the engine, since a log begins anew only when all of it is copied and nobody writes.
 */
export interface Checkpoints {
  /** Called after each commit. */
  committed(): void
  /** Waits until the thread has let go of the file; from now on nothing is copied. */
  close(): void
}

/** Bytes of the log from which on it is copied. */
export const COPIED_FROM = 16_384_000
/** Bytes that the engine copies itself, in some milliseconds. */
const REST = 2_097_152
/** The thread goes over a log so often to make the rest small. */
const PASSES = 4
/** How often the length of the log is looked at, in milliseconds. */
const LOOK_MS = 100
/** After the thread failed (a full disk) it is asked again so much later. */
const PAUSE_MS = 10_000
/** What closing waits for the thread at most. */
const CLOSING_MS = 10_000
/** A thread that has nothing to do is ended. */
const IDLE_MS = 60_000

/** @param db the one connection to the archive, in WAL mode @param place where its file lies */
export function createCheckpoints(db: Database, place: Place): Checkpoints {
  const pageSize = db.pragma('page_size', { simple: true }) as number
  const state = new Int32Array(new SharedArrayBuffer(4))
  let thread: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  /** How often the thread has gone over the log as it is now. */
  let passes = 0
  let isAtWork = false
  let isClosed = false
  let nextLook = 0
  /** A look at what was committed since the last one. */
  let later: NodeJS.Timeout | undefined

  /** Bytes of the log that are not in the archive yet. */
  function left(): number {
    const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
    return row === undefined ? 0 : (row.log - row.checkpointed) * pageSize
  }

  /** What was committed is committed: where nothing can be copied (a full disk), the log keeps it until it can. */
  function look(): void {
    clearTimeout(later)
    later = undefined
    if (isAtWork || db.inTransaction) return
    nextLook = performance.now() + LOOK_MS
    try {
      copy()
    } catch {
      passes = 0
      nextLook = performance.now() + PAUSE_MS
    }
  }

  function copy(): void {
    const bytes = left()
    if (passes === 0 ? bytes >= COPIED_FROM : bytes > REST && passes < PASSES) ask()
    else if (passes > 0) {
      passes = 0
      db.pragma('wal_checkpoint(PASSIVE)')
    }
  }

  function ask(): void {
    // What stands in the archive's place now must not be opened with the archive's log.
    if (place.isGone()) return
    thread ??= start()
    clearTimeout(idle)
    passes++
    isAtWork = true
    Atomics.store(state, 0, Order.given)
    thread.postMessage(null)
  }

  function answered(isCopied: boolean): void {
    isAtWork = false
    if (isClosed) return
    idle = setTimeout(end, IDLE_MS).unref()
    if (isCopied) {
      nextLook = 0
      look()
    } else {
      passes = 0
      nextLook = performance.now() + PAUSE_MS
    }
  }

  function start(): Worker {
    const workerData: CheckpointOrder = { file: place.file, state }
    const started = new Worker(new URL(ENTRY, import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
    })
    started.unref()
    started.on('message', answered)
    // Without the thread SQLite copies the log itself when it has grown further (open.ts).
    started.on('error', () => {
      if (thread !== started) return
      thread = undefined
      Atomics.store(state, 0, Order.none)
      answered(false)
    })
    return started
  }

  function end(): void {
    void thread?.terminate()
    thread = undefined
  }

  return {
    committed() {
      if (isAtWork) return
      const wait = nextLook - performance.now()
      if (wait <= 0) look()
      else later ??= setTimeout(look, wait).unref()
    },
    close() {
      isClosed = true
      clearTimeout(idle)
      clearTimeout(later)
      if (Atomics.compareExchange(state, 0, Order.given, Order.none) === Order.underWay)
        Atomics.wait(state, 0, Order.underWay, CLOSING_MS)
      end()
    },
  }
}

/** As it stands among the sources, and as a bundle beside the engine's. */
const ENTRY = import.meta.url.endsWith('.ts') ? './checkpointThread.ts' : './checkpoint.js'
