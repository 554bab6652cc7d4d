import type { Changes } from '../changes.ts'
import type { Fetch } from '../feeds/fetch/fetcher.ts'
import type { Reader } from '../reading/reader.ts'
import { createCommits } from '../store/commits.ts'
import type { Connection } from '../store/connection.ts'
import type { FetchOutcome } from '../store/sources.ts'
import type { Stores } from '../stores.ts'
import { createImportLines, type ImportLines } from './importLines.ts'
import { createTakeInAll, type Taken } from './newOrChanged.ts'
import { createPollSource, type PollSource } from './pollSource.ts'
import type { StoryBatch } from './takeIn.ts'

/** The two ways by which stories enter the archive, by a poll and by an import. Both announce to the page what is new. */
export interface Ingest {
  poll(...request: Parameters<PollSource>): Promise<FetchOutcome>
  readonly takeInLines: ImportLines
  /** Stories that came in are being stored. */
  isStoring(): boolean
  /** What keeps from being stored what has come in, as a sentence; null where nothing does. */
  trouble(): string | null
  /** What waits for another program to let go of the archive fails; nothing waits from now on. */
  close(): void
}

export interface IngestParts extends Pick<Stores, 'together' | 'sources' | 'stories' | 'settings'> {
  readonly db: Connection
  readonly reader: Reader
  readonly fetch: Fetch
  readonly changes: Changes
  readonly beginBatch: (options?: { readonly isNews: boolean }) => StoryBatch
  /** A shell is open. */
  readonly hasShell: () => boolean
  /** The clock, epoch ms. */
  readonly now: () => number
  /** 0–1. */
  readonly random: () => number
  readonly log: (line: string) => void
}

export function createIngest(parts: IngestParts): Ingest {
  const { changes, reader, stories, beginBatch } = parts
  let batch = beginBatch()
  const commits = createCommits(parts.db, {
    more: () => reader.busy > 0,
    begin: () => {
      batch = beginBatch()
    },
    end: () => batch.finish(),
  })
  const takeInAll = createTakeInAll(stories, commits.read)
  // The moment of arrival. The visit mark lies up to a second ahead of the clock: a story that arrives before it is new to the
  // next visit. Reading the mark must not commit the open transaction.
  const now = (): number => Math.max(parts.now(), commits.read(() => parts.settings.get('visitedAt')) ?? 0)
  const pollSource = createPollSource({
    ...parts,
    now,
    commits,
    takeInAll,
    write: (work, weight) => commits.add(() => work(batch), weight),
  })
  const importLines = createImportLines({ ...parts, now, takeInAll })

  function announce({ added, updated, hits }: Taken): void {
    if (added + updated > 0) changes.emit({ type: 'stories', added, updated })
    if (hits > 0) changes.emit({ type: 'alerts', hits })
  }

  return {
    close: () => commits.close(),
    isStoring: () => commits.isBusy,
    trouble: () => commits.trouble() ?? parts.db.trouble(),
    async poll(id, signal, options) {
      const { outcome, taken } = await pollSource(id, signal, options)
      announce(taken)
      changes.emit({ type: 'sources', ids: [id] })
      return outcome
    },
    async takeInLines(lines, sourceOf) {
      const imported = await importLines(lines, sourceOf)
      announce(imported.taken)
      return imported
    },
  }
}
