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

/** A transaction begins when so many stories wait … */
const FULL = 500
/** … or so many milliseconds after the first of them came; later, up to LONGEST_MS, while more is on the way. */
const WAIT_MS = 8
const LONGEST_MS = 120

interface Work {
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
  let waiting: Work[] = []
  let weight = 0
  let timer: NodeJS.Timeout | undefined

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
      if (only !== undefined && another === undefined) return [() => only.failed(error)]
      return list.flatMap((work) => commit([work]))
    }
  }

  function wait(waited = 0): void {
    timer = setTimeout(() => {
      if (more() && waited + WAIT_MS < LONGEST_MS) wait(waited + WAIT_MS)
      else flush()
    }, WAIT_MS)
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const list = waiting
    waiting = []
    weight = 0
    if (list.length === 0) return
    for (const tell of commit(list)) tell()
  }

  return {
    add: (work, stories) =>
      new Promise((resolve, reject) => {
        waiting.push({
          run: work,
          done: (result) => resolve(result as ReturnType<typeof work>),
          failed: reject,
        })
        weight += stories
        if (weight >= FULL) flush()
        else if (timer === undefined) wait()
      }),
    flush,
  }
}
