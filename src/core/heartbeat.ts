/** One thing that is done again and again by itself. */
export interface Beat {
  /** What it is, for the log: "Retention". */
  readonly what: string
  /** The first moment after `after` at which it is due, epoch ms; null where there is none. */
  next(after: number): number | null
  /**
   * Does what is due. Moments that were missed (sleep, a clock that was set, a long run) come as one run; a moment can come
   * twice where the clock was set back, so what must happen once is to be marked as done in the archive.
   */
  run(signal: AbortSignal): unknown
}

export interface Heartbeat {
  /** Asks all rows anew when they are next due: to be called where the answer of one has changed. */
  reset(): void
  /** Starts nothing more, ends what runs by its signal and waits for it. */
  close(): Promise<void>
}

export interface HeartbeatParts {
  /** The clock, epoch ms. */
  readonly now: () => number
  readonly log: (line: string) => void
}

/**
 * Sleep stops timers and a clock can be set, neither of which a timer notices: the clock is looked at this often at least.
 */
export const LONGEST_WAIT_MS = 30_000

/** A row that was seen to until `since`. */
interface Row {
  readonly beat: Beat
  since: number
  running: Promise<void> | undefined
  /** Its `next` failed when last asked: that is logged once. */
  isLost: boolean
}

/**
 * Runs each row of a table whenever it is due, by one timer. A row never runs twice at once, and one that fails or takes
 * long holds up no other: it is logged, and due again at its next moment.
 */
export function startHeartbeat(table: readonly Beat[], { now, log }: HeartbeatParts): Heartbeat {
  const start = now()
  const rows = table.map((beat): Row => ({ beat, since: start, running: undefined, isLost: false }))
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined

  function tick(): void {
    if (closing.signal.aborted) return
    const time = now()
    for (const row of rows) {
      if (row.running !== undefined) continue
      row.since = Math.min(row.since, time)
      if (dueIn(row, time) <= 0) run(row, time)
    }
    reset()
  }

  function reset(): void {
    clearTimeout(timer)
    if (closing.signal.aborted) return
    const time = now()
    const idle = rows.filter(({ running }) => running === undefined)
    const wait = Math.min(LONGEST_WAIT_MS, ...idle.map((row) => dueIn(row, time)))
    timer = setTimeout(tick, Math.max(0, wait)).unref()
  }

  /** Milliseconds until a row is due; none or less: it is due. */
  function dueIn(row: Row, time: number): number {
    try {
      const due = row.beat.next(row.since)
      row.isLost = false
      return due === null ? Number.POSITIVE_INFINITY : due - time
    } catch (error) {
      if (!row.isLost) failed(row.beat, error)
      row.isLost = true
      return Number.POSITIVE_INFINITY
    }
  }

  function run(row: Row, time: number): void {
    row.since = time
    row.running = (async () => row.beat.run(closing.signal))()
      .then(
        () => undefined,
        (error: unknown) => {
          if (!closing.signal.aborted) failed(row.beat, error)
        },
      )
      .then(() => {
        row.running = undefined
        reset()
      })
  }

  const failed = ({ what }: Beat, error: unknown): void =>
    log(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`)

  reset()
  return {
    reset,
    async close() {
      closing.abort()
      clearTimeout(timer)
      await Promise.all(rows.map(({ running }) => running))
    },
  }
}

/**
 * Moments that lie `ms` apart, counted from `start` (epoch ms): the answer hangs on the clock alone, so that a late run does
 * not make the next one later.
 */
export function every(ms: number, start: number): Beat['next'] {
  return (after) => start + ms * (Math.floor((after - start) / ms) + 1)
}
