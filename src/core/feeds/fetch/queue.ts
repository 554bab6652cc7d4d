/** Limits how many requests are under way, to one host and in all. */

/** Gives back a place; to be called once. */
export type Release = () => void

export interface Queue {
  /**
   * Waits for a place. First come, first served, except that a request does not wait for those to another host.
   * @throws the signal's reason when it aborts first
   */
  enter(host: string, signal: AbortSignal): Promise<Release>
}

interface Waiting {
  readonly host: string
  readonly admit: () => void
}

/** A queue that admits at most `perHost` requests to one host and `total` in all at a time. */
export function createQueue({ perHost, total }: { perHost: number; total: number }): Queue {
  const inside = new Map<string, number>()
  const waiting = new Set<Waiting>()
  let count = 0

  const fits = (host: string): boolean => count < total && (inside.get(host) ?? 0) < perHost

  const take = (host: string): Release => {
    count++
    inside.set(host, (inside.get(host) ?? 0) + 1)
    return () => {
      count--
      const left = (inside.get(host) ?? 1) - 1
      if (left === 0) inside.delete(host)
      else inside.set(host, left)
      for (const next of waiting) {
        if (count >= total) break
        if (fits(next.host)) next.admit()
      }
    }
  }

  return {
    enter(host, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        if (fits(host)) return resolve(take(host))
        const abort = (): void => {
          waiting.delete(me)
          reject(signal.reason)
        }
        const me: Waiting = {
          host,
          admit: () => {
            waiting.delete(me)
            signal.removeEventListener('abort', abort)
            resolve(take(host))
          },
        }
        waiting.add(me)
        signal.addEventListener('abort', abort, { once: true })
      })
    },
  }
}
