/** Long work lets others in this often. */
const SLICE_MS = 12

/** Runs steps to their end; others work between them. @throws the signal's reason where nobody waits any more */
export async function inSlices<T>(steps: Generator<unknown, T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted()
  for (let paused = performance.now(); ; ) {
    const { value, done } = steps.next()
    if (done === true) return value
    if (performance.now() - paused < SLICE_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
    paused = performance.now()
  }
}

/** Runs steps to their end, and nobody works between them. */
export function atOnce<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { value, done } = steps.next()
    if (done === true) return value
  }
}
