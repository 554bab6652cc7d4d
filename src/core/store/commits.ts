import type { Connection, HeldTransaction } from './connection.ts'
import { StoreError } from './failure.ts'

/**
 * Group commit. A commit costs nearly the same for one story as for a thousand (each page touched is written whole, full text
 * writes a segment), so the stories of many feeds go into one transaction. It stays open over several turns of the event loop.
 * Any other use of the database commits it first (connection.ts): a request of the page waits for that, and reads all of it or
 * nothing.
 *
 * Each piece of work is atomic: where one fails, all of the transaction is rolled back and each piece is run again in a
 * transaction of its own. (Savepoints would do the same, but at each of them full text writes a segment.)
 */
export interface Commits {
  /**
   * Runs `work` within the next shared transaction; resolves when it is committed. `weight` is its number of stories, where a long
   * one counts as several short ones. It may run twice: it must touch nothing but the database.
   */
  add<T>(work: () => T, weight: number): Promise<T>
  /** Reads what the work to come needs. The open transaction stays open, and what it has written so far is read. */
  read<T>(query: () => T): T
  /** Runs and commits all work that is waiting, now; what cannot be committed now fails. */
  flush(): void
  /** Work waits, or is in a transaction that is still open. */
  readonly isBusy: boolean
  /** What keeps it from committing at this moment, as a sentence; null where nothing does. */
  trouble(): string | null
  /** The same as flush; from now on nothing waits for another program. */
  close(): void
}

/**
 * Stories in a transaction, whose commit is one turn of the event loop, unless a piece alone has more; fewer for some milliseconds after
 * another use of the database had to wait for its commit.
 */
const FULL = 1000
const FULL_AFTER_WAIT = 150
const AFTER_WAIT_MS = 2000
/** The longest that a transaction is open, in milliseconds. */
const LONGEST_MS = 400
/** It ends this long after its last piece where no more is expected. */
const IDLE_MS = 8
/** Another program has the archive locked: it is tried again after so long, at first and at most … */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 1000
/** … and given up after so long: what waits holds memory, and is fetched again. */
const PATIENCE_MS = 60_000
const WAITS = 'What was fetched waits for a minute and is fetched again later.'
/** A turn of the event loop, which is as long as another request may have to wait, has so many stories or milliseconds. */
const TURN = 100
const TURN_MS = 20

interface Work {
  readonly weight: number
  readonly run: () => unknown
  readonly done: (result: unknown) => void
  readonly failed: (error: unknown) => void
}

export interface CommitOptions {
  /** True while more work is expected. */
  readonly more?: () => boolean
  /** Called within each transaction, before the first piece and after the last. */
  readonly begin?: () => void
  readonly end?: () => void
  /** Milliseconds that work waits for a locked archive. */
  readonly patience?: number
}

export function createCommits(db: Connection, options: CommitOptions = {}): Commits {
  const { more = () => false, begin, end, patience = PATIENCE_MS } = options
  const waiting: Work[] = []
  let held: HeldTransaction | undefined
  /** Pieces of the open transaction with their results. */
  let run: { work: Work; result: unknown }[] = []
  let weight = 0
  let since = 0
  /** When another use of the database last waited for a commit. */
  let waitedFor = -Infinity
  let timer: NodeJS.Timeout | undefined
  let next: NodeJS.Immediate | undefined
  let longest = patience
  /** Since when (of performance.now) another program has the archive locked, and what is said of that. */
  let locked: { since: number; pause: number; error: StoreError } | undefined

  const alone = (work: Work): unknown =>
    db.transact(() => {
      begin?.()
      const result = work.run()
      end?.()
      return result
    })

  /** True if the open transaction has pieces, and is over when there are so many stories more. */
  function isFull(more: number): boolean {
    if (run.length === 0) return false
    const now = performance.now()
    const full = now - waitedFor < AFTER_WAIT_MS ? FULL_AFTER_WAIT : FULL
    return weight >= full || weight + more > full || now - since >= LONGEST_MS
  }

  /**
   * Runs waiting pieces in the open transaction, until they have `most` stories, `ms` have passed or it is full; at least one piece.
   */
  function some(most: number, ms: number): void {
    if (held === undefined) {
      try {
        held = db.hold(() => {
          waitedFor = performance.now()
          settle()
        })
      } catch (error) {
        if (isLocked(error) && mayWait(error)) return
        locked = undefined
        const list = waiting.splice(0)
        // The file is at fault and no piece: none would go in alone.
        if (error instanceof StoreError) for (const work of list) work.failed(error)
        else undo(list)
        return
      }
      locked = undefined
      since = performance.now()
      begin?.()
    }
    const end = performance.now() + ms
    for (let taken = 0; taken < most && (taken === 0 || performance.now() < end); ) {
      const work = waiting[0]
      if (work === undefined || (taken > 0 && isFull(work.weight))) return
      waiting.shift()
      try {
        run.push({ work, result: db.include(work.run) })
      } catch {
        undo([...run.map(({ work }) => work), work])
        return
      }
      taken += work.weight
      weight += work.weight
    }
  }

  /** Commits the open transaction. */
  function settle(): void {
    clearTimeout(timer)
    timer = undefined
    const committed = run
    try {
      db.include(() => end?.())
      held?.commit()
      held = undefined
    } catch (error) {
      if (error instanceof StoreError) fail(committed, error)
      else undo(committed.map(({ work }) => work))
      return
    }
    run = []
    weight = 0
    for (const { work, result } of committed) work.done(result)
  }

  /** Whether to try again later: another program has the archive locked, and not for too long yet. */
  function mayWait(error: StoreError): boolean {
    const now = performance.now()
    locked ??= { since: now, pause: FIRST_PAUSE_MS / 2, error }
    locked.pause = Math.min(locked.pause * 2, LONGEST_PAUSE_MS)
    return now - locked.since < longest
  }

  /** Rolls the open transaction back: nothing can be committed. */
  function fail(list: readonly { work: Work }[], error: StoreError): void {
    held?.rollback()
    held = undefined
    run = []
    weight = 0
    for (const { work } of list) work.failed(error)
  }

  /** Rolls the open transaction back and runs its pieces again, each in a transaction of its own. */
  function undo(list: readonly Work[]): void {
    held?.rollback()
    held = undefined
    run = []
    weight = 0
    for (const work of list) {
      let result: unknown
      try {
        result = alone(work)
      } catch (error) {
        work.failed(error)
        continue
      }
      work.done(result)
    }
  }

  function turn(): void {
    next = undefined
    clearTimeout(timer)
    timer = undefined
    if (isFull(waiting[0]?.weight ?? 0)) settle()
    else some(TURN, TURN_MS)
    if (waiting.length > 0 || isFull(0)) soon()
    else if (held !== undefined) wait()
  }

  function soon(): void {
    if (locked !== undefined) {
      // What is added meanwhile does not put it off.
      timer ??= setTimeout(turn, locked.pause)
      return
    }
    clearTimeout(timer)
    timer = undefined
    next ??= setImmediate(turn)
  }

  function wait(): void {
    timer = setTimeout(() => {
      if (more() && performance.now() - since < LONGEST_MS) wait()
      else settle()
    }, IDLE_MS)
  }

  function flush(): void {
    clearImmediate(next)
    next = undefined
    while (waiting.length > 0) {
      if (isFull(waiting[0]?.weight ?? 0)) settle()
      some(FULL, Number.POSITIVE_INFINITY)
      if (locked !== undefined) for (const work of waiting.splice(0)) work.failed(locked.error)
    }
    if (held !== undefined) settle()
  }

  return {
    add: (work, stories) =>
      new Promise((resolve, reject) => {
        waiting.push({
          weight: stories,
          run: work,
          done: (result) => resolve(result as ReturnType<typeof work>),
          failed: reject,
        })
        soon()
      }),
    read: db.include,
    flush,
    get isBusy() {
      return waiting.length > 0 || held !== undefined
    },
    trouble: () => (locked === undefined ? null : `${locked.error.message} ${WAITS}`),
    close() {
      longest = 0
      flush()
    },
  }
}

const isLocked = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.kind === 'locked'
