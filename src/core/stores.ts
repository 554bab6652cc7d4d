import { type AlertStore, alertStore } from './store/alerts.ts'
import { type CountStore, countStore } from './store/counts.ts'
import { type Db, transact } from './store/open.ts'
import { type SearchStore, searchStore } from './store/searches.ts'
import { type SettingStore, settingStore } from './store/settings.ts'
import { type SourceStore, sourceStore } from './store/sources.ts'
import { type StoryStore, storyStore } from './store/stories.ts'
import { type TagStore, tagStore } from './store/tags.ts'
import { type ThemeStore, themeStore } from './store/themes.ts'

/** All stores of one archive. Who works with them names the ones it uses. */
export interface Stores {
  readonly settings: SettingStore
  readonly sources: SourceStore
  readonly stories: StoryStore
  readonly tags: TagStore
  readonly themes: ThemeStore
  readonly alerts: AlertStore
  readonly searches: SearchStore
  readonly counts: CountStore
  /** Runs work in one transaction: all of what it writes is kept, or, where it throws, nothing. Within another it is a part of that. */
  together<T>(work: () => T): T
}

/** @param timeZone IANA zone of the days that counts are kept by */
export function openStores(db: Db, timeZone: string): Stores {
  return {
    settings: settingStore(db),
    sources: sourceStore(db),
    stories: storyStore(db),
    tags: tagStore(db),
    themes: themeStore(db),
    alerts: alertStore(db),
    searches: searchStore(db),
    counts: countStore(db, timeZone),
    together: (work) => transact(db, work),
  }
}
