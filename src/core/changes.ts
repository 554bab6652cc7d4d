import type { Change } from '../api/contract/changes.ts'

export interface Changes {
  emit(change: Change): void
  /** Returns the way to end it. A listener that throws is an engine fault and is reported by the caller's log. */
  subscribe(listener: (change: Change) => void): () => void
  /** The same as a stream that ends with the signal: what the shells carry to the page. Opens with `hello`. */
  stream(signal?: AbortSignal): AsyncGenerator<Change, void>
  /** Ends all streams. */
  close(): void
}

/** Bursts of counted changes (stories, alerts, sources) are added up for this long before they go out. */
const GATHER_MS = 250
/** So many may wait in a stream that nobody reads; then it ends. */
const MOST_WAITING = 10_000

export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>()
  const ends = new Set<() => void>()
  let gathered:
    | { added: number; updated: number; hits: number; deliveries: boolean; sources: Set<number> }
    | undefined
  let timer: NodeJS.Timeout | undefined

  const send = (change: Change): void => {
    for (const listener of [...listeners]) listener(change)
  }
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (gathered === undefined) return
    const { added, updated, hits, deliveries, sources } = gathered
    gathered = undefined
    if (added + updated > 0) send({ type: 'stories', added, updated })
    if (hits > 0) send({ type: 'alerts', hits })
    if (deliveries) send({ type: 'deliveries' })
    if (sources.size > 0) send({ type: 'sources', ids: [...sources] })
  }
  const gather = (): NonNullable<typeof gathered> => {
    gathered ??= { added: 0, updated: 0, hits: 0, deliveries: false, sources: new Set() }
    timer ??= setTimeout(flush, GATHER_MS).unref()
    return gathered
  }

  return {
    emit(change) {
      if (change.type === 'stories') {
        const all = gather()
        all.added += change.added
        all.updated += change.updated
      } else if (change.type === 'alerts' && change.hits > 0) gather().hits += change.hits
      else if (change.type === 'deliveries') gather().deliveries = true
      else if (change.type === 'sources') for (const id of change.ids) gather().sources.add(id)
      else {
        // What a job has changed is sent before its end.
        if (change.type === 'job' && change.job.state !== 'running') flush()
        send(change)
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async *stream(signal) {
      const waiting: Change[] = [{ type: 'hello' }]
      let wake: (() => void) | undefined
      let over = signal?.aborted ?? false
      const end = (): void => {
        over = true
        wake?.()
      }
      const stop = this.subscribe((change) => {
        // Whoever reads no more (a window that was put to sleep) would gather them for ever. It asks anew when it wakes.
        if (waiting.length >= MOST_WAITING) end()
        else waiting.push(change)
        wake?.()
      })
      signal?.addEventListener('abort', end, { once: true })
      ends.add(end)
      try {
        while (!over) {
          const next = waiting.shift()
          if (next !== undefined) yield next
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        stop()
        ends.delete(end)
        signal?.removeEventListener('abort', end)
      }
    },
    close() {
      flush()
      for (const end of [...ends]) end()
      listeners.clear()
    },
  }
}
