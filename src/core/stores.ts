import { type AlertStore, alertStore } from './store/alerts.ts'
import { type AllCounts, allCounts } from './store/allCounts.ts'
import { type ChannelStore, channelStore } from './store/channels.ts'
import { type ClusterStore, clusterStore } from './store/clusters.ts'
import type { Connection } from './store/connection.ts'
import { type DecisionStore, decisionStore } from './store/decisions.ts'
import { type EventStore, eventStore } from './store/events.ts'
import { type HitStore, hitStore } from './store/hits.ts'
import { type MentionStore, mentionStore } from './store/mentions.ts'
import { type NoticeStore, noticeStore } from './store/notices.ts'
import { recount, recountHits } from './store/recount.ts'
import { rowsWritten } from './store/rowsWritten.ts'
import { type SearchStore, searchStore } from './store/searches.ts'
import { type SettingStore, settingStore } from './store/settings.ts'
import { type SourceStore, sourceStore } from './store/sources.ts'
import { type StoryStore, storyStore } from './store/stories.ts'
import { type TagStore, tagStore } from './store/tags.ts'
import { type ThemeStore, themeStore } from './store/themes.ts'
import { type ViewStore, viewStore } from './store/views.ts'

/** All stores of one archive. Who works with them names the ones it uses. */
export interface Stores {
  readonly settings: SettingStore
  readonly sources: SourceStore
  readonly stories: StoryStore
  readonly tags: TagStore
  readonly events: EventStore
  readonly clusters: ClusterStore
  readonly themes: ThemeStore
  readonly mentions: MentionStore
  readonly alerts: AlertStore
  readonly hits: HitStore
  readonly notices: NoticeStore
  readonly channels: ChannelStore
  readonly decisions: DecisionStore
  readonly searches: SearchStore
  readonly views: ViewStore
  readonly counts: AllCounts
  /** Runs work in one transaction (`WritableDb.transact`). */
  together<T>(work: () => T): T
  /** Rises with each row that is written: what was read at another number may be out of date. */
  rowsWritten(): number
}

/**
 * Opens the stores of an archive. Where its counts are kept by the days of another time zone, they are made anew.
 * @param timeZone IANA zone of the days that counts are kept by
 */
export function openStores(db: Connection, timeZone: string): Stores {
  const settings = settingStore(db)
  if (settings.get('timeZone') !== timeZone)
    db.transact(() => {
      // An archive without a zone is a new one.
      if (settings.get('timeZone') !== null) recount(db, timeZone)
      settings.set('timeZone', timeZone)
    })
  if (settings.get('hitZone') !== timeZone)
    db.transact(() => {
      recountHits(db, timeZone)
      settings.set('hitZone', timeZone)
    })
  return {
    settings,
    sources: sourceStore(db),
    stories: storyStore(db),
    tags: tagStore(db),
    events: eventStore(db),
    clusters: clusterStore(db),
    themes: themeStore(db),
    mentions: mentionStore(db),
    alerts: alertStore(db),
    hits: hitStore(db),
    notices: noticeStore(db),
    channels: channelStore(db),
    decisions: decisionStore(db),
    searches: searchStore(db),
    views: viewStore(db),
    counts: allCounts(db.readable, timeZone),
    together: db.transact,
    rowsWritten: rowsWritten(db.readable),
  }
}
