/** Bounds how many bytes of large bodies are held at once, from their arrival until they are taken in. */
import type { Release } from './queue.ts'

export interface Room {
  /**
   * Waits for room, first come, first served. More than there is in all waits until all of it is free.
   * @throws the signal's reason when it aborts first
   */
  enter(bytes: number, signal: AbortSignal): Promise<Release>
}

interface Waiting {
  readonly bytes: number
  readonly admit: () => void
}

/** @param size bytes in all */
export function createRoom(size: number): Room {
  const waiting = new Set<Waiting>()
  let free = size

  function admitNext(): void {
    for (const next of waiting) {
      if (next.bytes > free) return
      next.admit()
    }
  }

  function take(bytes: number): Release {
    free -= bytes
    let isInside = true
    return () => {
      if (!isInside) return
      isInside = false
      free += bytes
      admitNext()
    }
  }

  return {
    enter(wanted, signal) {
      const bytes = Math.min(wanted, size)
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        if (waiting.size === 0 && bytes <= free) return resolve(take(bytes))
        const abort = (): void => {
          waiting.delete(me)
          reject(signal.reason)
          admitNext()
        }
        const me: Waiting = {
          bytes,
          admit() {
            waiting.delete(me)
            signal.removeEventListener('abort', abort)
            resolve(take(bytes))
          },
        }
        waiting.add(me)
        signal.addEventListener('abort', abort, { once: true })
      })
    },
  }
}
