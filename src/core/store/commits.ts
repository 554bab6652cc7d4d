import type { Connection, HeldTransaction } from './connection.ts'

/**
 * Work that commits together. A commit costs nearly the same for one story as for a thousand (each page touched is written
 * whole, full text writes a segment), so what many feeds bring within a moment goes in as one transaction. It is open over
 * several turns of the event loop, and whoever else uses the database has it committed first (connection.ts): a page's question
 * waits for that, and sees all or nothing.
 *
 * Each piece of work is all or nothing by itself: where one fails, all are undone and each is done again in a transaction of
 * its own. (Savepoints would do the same, but at each of them full text writes a segment.)
 */
export interface Commits {
  /**
   * Runs `work` within the next shared transaction; resolves when it is committed. `weight` is its number of stories.
   * It may run twice: it must touch nothing but the database.
   */
  add<T>(work: () => T, weight: number): Promise<T>
  /** Asks the database something for the sake of the work to come: the open transaction stays open, and its work is seen. */
  ask<T>(question: () => T): T
  /** Commits what is waiting, now. */
  flush(): void
}

/** A transaction takes so many stories; fewer for a while after somebody asked something and had to wait for it. */
const FULL = 1500
const FULL_WHEN_ASKED = 150
const ASKED_MS = 2000
/** It is open for so many milliseconds … */
const LONGEST_MS = 400
/** … or ends so long after its last piece, where no more is on the way. */
const WAIT_MS = 8
/** So many stories in one turn of the event loop: whoever asks something meanwhile waits for no more. */
const TURN = 100

interface Work {
  readonly weight: number
  readonly run: () => unknown
  readonly done: (result: unknown) => void
  readonly failed: (error: unknown) => void
}

export interface CommitOptions {
  /** Whether more is about to be added. */
  readonly more?: () => boolean
  /** Run within each transaction, before the first piece and after the last. */
  readonly begin?: () => void
  readonly end?: () => void
}

export function createCommits(db: Connection, options: CommitOptions = {}): Commits {
  const { more = () => false, begin, end } = options
  const waiting: Work[] = []
  let held: HeldTransaction | undefined
  /** Pieces of the open transaction with their results. */
  let run: { work: Work; result: unknown }[] = []
  let weight = 0
  let since = 0
  let asked = -Infinity
  let timer: NodeJS.Timeout | undefined
  let next: NodeJS.Immediate | undefined

  const alone = (work: Work): unknown =>
    db.transact(() => {
      begin?.()
      const result = work.run()
      end?.()
      return result
    })

  /** Runs some of what waits in the open transaction, at least one piece. */
  function some(most: number): void {
    if (held === undefined) {
      try {
        held = db.hold(() => {
          asked = performance.now()
          settle()
        })
      } catch {
        // A locked or failing disk: each piece is told by its own attempt.
        undo(waiting.splice(0))
        return
      }
      since = performance.now()
      begin?.()
    }
    for (let taken = 0; waiting.length > 0 && taken < most; ) {
      const work = waiting.shift() as Work
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
    } catch {
      undo(committed.map(({ work }) => work))
      return
    }
    run = []
    weight = 0
    for (const { work, result } of committed) work.done(result)
  }

  /** Rolls the open transaction back and does its pieces again, each alone. */
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
    some(TURN)
    const now = performance.now()
    const full = now - asked < ASKED_MS ? FULL_WHEN_ASKED : FULL
    if (held !== undefined && (weight >= full || now - since >= LONGEST_MS)) settle()
    if (waiting.length > 0) soon()
    else if (held !== undefined) wait()
  }

  function soon(): void {
    clearTimeout(timer)
    timer = undefined
    next ??= setImmediate(turn)
  }

  function wait(): void {
    timer = setTimeout(() => {
      if (more() && performance.now() - since < LONGEST_MS) wait()
      else settle()
    }, WAIT_MS)
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
    ask: (question) => db.include(question),
    flush() {
      clearImmediate(next)
      next = undefined
      while (waiting.length > 0) some(FULL)
      if (held !== undefined) settle()
    },
  }
}
