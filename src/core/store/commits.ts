import type { Db } from './open.ts'

/**
 * Work that commits together. A commit costs the same for one story as for a thousand (full text writes a segment, the
 * log is synced), so what many feeds bring within a moment goes in as one transaction. Each piece of work is all or nothing
 * by itself: one that fails is undone alone, and only then told.
 */
export interface Commits {
  /** Runs `work` within the next shared transaction; resolves when it is committed. `weight` is its number of stories. */
  add<T>(work: () => T, weight: number): Promise<T>
  /** Commits what is waiting, now. */
  flush(): void
}

/** A transaction begins when so many stories wait … */
const FULL = 600
/** … or so many milliseconds after the first of them came. */
const WAIT_MS = 8

interface Work {
  readonly run: () => unknown
  readonly done: (result: unknown) => void
  readonly failed: (error: unknown) => void
}

export function createCommits(db: Db): Commits {
  let waiting: Work[] = []
  let weight = 0
  let timer: NodeJS.Timeout | undefined

  /** Runs each piece within a savepoint of its own; answers what is to be told once all is committed. */
  const together = db.transaction((list: readonly Work[]): (() => void)[] =>
    list.map(({ run, done, failed }) => {
      try {
        const result = db.transaction(run)()
        return () => done(result)
      } catch (error) {
        return () => failed(error)
      }
    }),
  )

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const list = waiting
    waiting = []
    weight = 0
    if (list.length === 0) return
    let tell: (() => void)[]
    try {
      tell = together(list)
    } catch (error) {
      tell = list.map(
        ({ failed }) =>
          () =>
            failed(error),
      )
    }
    for (const one of tell) one()
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
        else timer ??= setTimeout(flush, WAIT_MS)
      }),
    flush,
  }
}
