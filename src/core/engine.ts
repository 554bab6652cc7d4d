import type { Changes } from './changes.ts'
import type { Definitions } from './definitions.ts'
import type { Fetch } from './feeds/fetcher.ts'
import type { Forgetting } from './forgetting.ts'
import type { Ingest } from './ingest.ts'
import type { Jobs } from './jobs.ts'
import type { Poller } from './poller.ts'
import type { AlertStore } from './store/alerts.ts'
import type { CountStore } from './store/counts.ts'
import type { Db } from './store/open.ts'
import type { Search } from './store/search.ts'
import type { SearchStore } from './store/searches.ts'
import type { SettingStore } from './store/settings.ts'
import type { SourceStore } from './store/sources.ts'
import type { StoryStore } from './store/stories.ts'
import type { Sweep } from './store/sweep.ts'
import type { TagStore } from './store/tags.ts'
import type { ThemeStore } from './store/themes.ts'
import type { Retagging } from './themes/retagging.ts'

/** Everything one open data folder works with; the nouns of the door are written against it. */
export interface Engine {
  readonly dataDir: string
  readonly sample: boolean
  readonly version: string
  /** The folder with themes/ and starter-sources.json. */
  readonly resources: string
  readonly timeZone: string
  readonly now: () => number
  readonly log: (line: string) => void
  readonly fetch: Fetch
  readonly db: Db
  readonly settings: SettingStore
  readonly sources: SourceStore
  readonly stories: StoryStore
  readonly tags: TagStore
  readonly themes: ThemeStore
  readonly alerts: AlertStore
  readonly searches: SearchStore
  readonly counts: CountStore
  readonly search: Search
  readonly sweep: Sweep
  readonly changes: Changes
  readonly jobs: Jobs
  readonly ingest: Ingest
  readonly poller: Poller
  readonly retagging: Retagging
  readonly forgetting: Forgetting
  /** The stored definitions as they are now. */
  definitions(): Definitions
  /** Themes or concepts changed: they are read anew when next asked for. */
  definitionsChanged(): void
}
