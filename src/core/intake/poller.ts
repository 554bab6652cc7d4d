import type { Job } from '../../api/contract/common.ts'
import type { Changes } from '../changes.ts'
import { linkedSignal } from '../feeds/signals.ts'
import type { Jobs } from '../jobs.ts'
import type { Reader } from '../reading/reader.ts'
import { StoreError } from '../store/failure.ts'
import type { SourceRecord, SourceStore } from '../store/sources.ts'
import type { Ingest } from './ingest.ts'

/** Decides which sources are polled when: those that are due in the background, any of them when a person wants it. */
export interface Poller {
  /** Polls by itself from now on, and at once what is due; or no longer does. */
  setPolling(on: boolean): void
  /**
   * Polls the sources that are due, where it polls by itself; resolves when that is done. To be called every LOOK_MS: the
   * finest interval between two polls of one source is five minutes.
   */
  look(signal: AbortSignal): Promise<void>
  /** Announces that many sources will be refreshed, so that the reading thread is started meanwhile. */
  expect(sources: number): void
  /** Polls these sources now, due or not. `manual`: a person chose these, so also a host that asked us to wait gets a request. */
  refresh(sources: readonly SourceRecord[], title: string, options?: { manual?: boolean }): Job
  /** Ids of the sources that are being fetched. */
  fetching(): ReadonlySet<number>
  close(): Promise<void>
}

export interface PollerParts {
  readonly reader: Reader
  readonly sources: SourceStore
  readonly ingest: Ingest
  readonly jobs: Jobs
  readonly changes: Changes
  readonly now: () => number
  readonly log: (line: string) => void
}

/** What polling a list of sources came to. */
interface Polled {
  failed: number
  added: number
  updated: number
  /** Why what was fetched could not be stored; the last time, where it was several. */
  trouble: StoreError | undefined
}

export const LOOK_MS = 20_000
/** As many as the fetcher fetches at once, and some more that wait for their host. */
const AT_ONCE = 32

export function createPoller({ reader, sources, ingest, jobs, changes, now, log }: PollerParts): Poller {
  const fetching = new Set<number>()
  const abort = new AbortController()
  let isPolling = false
  /** The round that a switch to polling began. */
  let round: Promise<void> = Promise.resolve()

  /** Polls all of a list, at most AT_ONCE at a time, none twice at once. */
  async function pollAll(
    list: readonly SourceRecord[],
    signal: AbortSignal,
    { manual = false, each = () => undefined }: { manual?: boolean; each?: (done: number) => void } = {},
  ): Promise<Polled> {
    const sum: Polled = { failed: 0, added: 0, updated: 0, trouble: undefined }
    reader.expect(list.length)
    let next = 0
    let done = 0
    const worker = async (): Promise<void> => {
      while (!signal.aborted) {
        const source = list[next++]
        if (source === undefined) return
        if (!fetching.has(source.id)) {
          fetching.add(source.id)
          changes.emit({ type: 'sources', ids: [source.id] })
          try {
            const outcome = await ingest.poll(source.id, signal, { manual })
            sum.added += outcome.added
            sum.updated += outcome.updated
            if (outcome.error !== null) sum.failed++
          } catch (error) {
            if (!signal.aborted) sum.failed++
            if (error instanceof StoreError) sum.trouble = error
            else if (!signal.aborted)
              log(`Polling ${source.url} failed: ${error instanceof Error ? error.stack : error}`)
          } finally {
            fetching.delete(source.id)
            changes.emit({ type: 'sources', ids: [source.id] })
          }
        }
        each(++done)
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, list.length) }, worker))
    if (sum.trouble !== undefined && !signal.aborted) log(`Nothing could be stored: ${sum.trouble.message}`)
    return sum
  }

  async function look(signal: AbortSignal): Promise<void> {
    if (!isPolling || fetching.size > 0) return
    const due = sources.due(now())
    if (due.length > 0) await pollAll(due, signal)
  }

  return {
    expect: (sources) => reader.expect(sources),
    setPolling(on) {
      isPolling = on
      if (on && !abort.signal.aborted)
        round = look(abort.signal).catch((error: unknown) =>
          log(`A round of polls failed: ${error instanceof Error ? error.stack : error}`),
        )
    },
    look,
    refresh(list, title, { manual = false } = {}) {
      return jobs.start('refresh', title, async ({ signal, report }) => {
        report(0, list.length)
        const either = linkedSignal(signal, abort.signal)
        const { added, updated, failed, trouble } = await pollAll(list, either.signal, {
          manual,
          each: (done) => report(done, list.length),
        }).finally(either.release)
        if (trouble !== undefined) throw trouble
        const parts = [`${added} new`]
        if (updated > 0) parts.push(`${updated} changed`)
        if (failed > 0) parts.push(`${failed} of ${list.length} sources failed`)
        return parts.join(', ')
      })
    },
    fetching: () => fetching,
    async close() {
      abort.abort()
      await round
    },
  }
}
