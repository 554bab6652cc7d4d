import type { Deciding } from '../alerts/deciding.ts'
import type { Revising } from '../alerts/revising.ts'
import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { Dispatcher } from '../delivery/dispatcher.ts'
import type { ChannelSecrets } from '../delivery/secrets.ts'
import type { EventMemory } from '../events/memory.ts'
import type { Fetch } from '../feeds/fetch/fetcher.ts'
import type { Poster } from '../feeds/fetch/post.ts'
import type { Correcting } from '../intake/correcting.ts'
import type { Forgetting } from '../intake/forgetting.ts'
import type { Gathering } from '../intake/gathering.ts'
import type { Ingest } from '../intake/ingest.ts'
import type { Mentioning } from '../intake/mentioning.ts'
import type { Poller } from '../intake/poller.ts'
import type { Reindexing } from '../intake/reindexing.ts'
import type { Retagging } from '../intake/retagging.ts'
import type { Jobs } from '../jobs.ts'
import type { Reader } from '../reading/reader.ts'
import type { ArchiveScan } from '../store/search/archiveScan.ts'
import type { Search } from '../store/search/search.ts'
import type { Stores } from '../stores.ts'
import type { DefinitionKeeper } from '../watch/definitions.ts'

/** What one open data folder has for the door. A noun picks what it uses: `Pick<DoorParts, 'alerts' | 'now'>`. */
export interface DoorParts extends Stores, Clock {
  readonly folder: Folder
  readonly log: (line: string) => void
  readonly fetch: Fetch
  readonly search: Search
  readonly scan: ArchiveScan
  readonly changes: Changes
  readonly jobs: Jobs
  readonly reader: Reader
  readonly ingest: Ingest
  readonly poller: Poller
  readonly retagging: Retagging
  readonly mentioning: Mentioning
  readonly reindexing: Reindexing
  readonly revising: Revising
  readonly gathering: Gathering
  readonly correcting: Correcting
  readonly memory: EventMemory
  readonly forgetting: Forgetting
  readonly dispatcher: Dispatcher
  /** Begins what alerts decide in a transaction. */
  readonly beginDeciding: () => Deciding
  readonly poster: Poster
  readonly secrets: ChannelSecrets
  /** The stored definitions as they are now. */
  readonly definitions: DefinitionKeeper['now']
  /** Whoever writes a theme, a concept or an alert calls it once that is committed. */
  readonly definitionsChanged: DefinitionKeeper['changed']
}

/** What is open, as the page shows it. */
export interface Folder {
  readonly dataDir: string
  readonly sample: boolean
  readonly version: string
  /** What the person must know of the archive's file, as a sentence; null where nothing is wrong with it. */
  trouble(): string | null
}
