/** A signal of one piece of work, which ends with it. */
export interface LinkedSignal {
  readonly signal: AbortSignal
  abort(reason: unknown): void
  /** Lets go of the signals it follows: to be called when the work is done. */
  release(): void
}

/**
 * A signal that aborts with any of the others. AbortSignal.any does the same, but stays with the others for as long as anybody
 * listens to it, and a socket does for ever: followed signals that live as long as the engine would keep every request.
 */
export function linkedSignal(...others: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const own = new AbortController()
  const followed = others.filter((other) => other !== undefined)
  const follow = (event: Event): void => own.abort((event.target as AbortSignal).reason)
  for (const other of followed)
    if (other.aborted) own.abort(other.reason)
    else other.addEventListener('abort', follow)
  return {
    signal: own.signal,
    abort: (reason) => own.abort(reason),
    release() {
      for (const other of followed) other.removeEventListener('abort', follow)
    },
  }
}

/**
 * The result of the work, unless the signal aborts first. A race with a promise that lives as long as the engine would keep
 * every result.
 * @throws the signal's reason
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        stop = () => reject(signal.reason)
        if (signal.aborted) stop()
        else signal.addEventListener('abort', stop)
      }),
    ])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
