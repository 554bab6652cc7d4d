import type { Db } from './open.ts'

/**
 * Work that commits together. A commit costs the same for one story as for a thousand (full text writes a segment, the
 * log is synced), so what many feeds bring within a moment goes in as one transaction. Each piece of work is all or nothing
 * by itself: where one fails, all are undone and each is done again in a transaction of its own. (Savepoints would do the
 * same, but at each of them full text writes a segment.)
 */
export interface Commits {
  /**
   * Runs `work` within the next shared transaction; resolves when it is committed. `weight` is its number of stories.
   * It may run twice: it must touch nothing but the database.
   */
  add<T>(work: () => T, weight: number): Promise<T>
  /** Commits what is waiting, now. */
  flush(): void
}

/** A transaction takes so many stories, and begins in the next turn of the event loop when as many wait … */
const FULL = 150
/** … or so many milliseconds after the first of them came; later, up to LONGEST_MS, while more is on the way. */
const WAIT_MS = 8
const LONGEST_MS = 120

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

export function createCommits(db: Db, options: CommitOptions = {}): Commits {
  const { more = () => false, begin, end } = options
  const waiting: Work[] = []
  let timer: NodeJS.Timeout | undefined
  let next: NodeJS.Immediate | undefined

  const inOne = db.transaction((list: readonly Work[]): unknown[] => {
    begin?.()
    const results = list.map(({ run }) => run())
    end?.()
    return results
  })

  /** Commits the list; answers what is to be told of it. */
  function commit(list: readonly Work[]): (() => void)[] {
    try {
      const results = inOne(list)
      return list.map(
        ({ done }, i) =>
          () =>
            done(results[i]),
      )
    } catch (error) {
      const [only, another] = list
      if (only === undefined) throw error
      if (another === undefined) return [() => only.failed(error)]
      return list.flatMap((work) => commit([work]))
    }
  }

  /** What waits, up to a full transaction; at least one piece. */
  function some(): Work[] {
    let weight = 0
    let end = 0
    while (end < waiting.length && (end === 0 || weight + (waiting[end] as Work).weight <= FULL))
      weight += (waiting[end++] as Work).weight
    return waiting.splice(0, end)
  }

  function wait(waited = 0): void {
    timer = setTimeout(() => {
      if (more() && waited + WAIT_MS < LONGEST_MS) wait(waited + WAIT_MS)
      else soon()
    }, WAIT_MS)
  }

  /** One transaction a turn of the event loop: whoever asks something meanwhile waits for one, not for all that came at once. */
  function soon(): void {
    clearTimeout(timer)
    timer = undefined
    next ??= setImmediate(() => {
      next = undefined
      for (const tell of commit(some())) tell()
      if (waiting.length > 0) soon()
    })
  }

  function flush(): void {
    clearTimeout(timer)
    clearImmediate(next)
    timer = undefined
    next = undefined
    while (waiting.length > 0) for (const tell of commit(some())) tell()
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
        if (waiting.reduce((sum, { weight }) => sum + weight, 0) >= FULL) soon()
        else if (timer === undefined && next === undefined) wait()
      }),
    flush,
  }
}
