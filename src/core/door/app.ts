import type { AppInfo, Settings, SettingsChange } from '../../api/contract/app.ts'
import type { DoorParts } from './parts.ts'
import type { Sources } from './sources.ts'

export interface App {
  info(): AppInfo
  /** Moves the visit mark to now. */
  markVisit(): { visitedAt: number }
  settings(): Settings
  saveSettings(change: SettingsChange): Settings
  cancelJob(id: number): void
  /** Removes what the retention settings let go, now; answers how many stories. It also runs by itself, hourly. */
  tidy(): Promise<number>
}

type Parts = Pick<
  DoorParts,
  | 'settings'
  | 'sources'
  | 'stories'
  | 'hits'
  | 'changes'
  | 'jobs'
  | 'poller'
  | 'forgetting'
  | 'folder'
  | 'now'
  | 'timeZone'
>

export function appNoun(parts: Parts, sources: Sources): App {
  const { settings, changes, jobs, poller, now } = parts

  const settingsNow = (): Settings => ({
    keepDays: settings.get('keepDays'),
    keepStories: settings.get('keepStories'),
    polling: settings.get('polling'),
    headlineLanguage: settings.get('headlineLanguage'),
  })

  return {
    info() {
      const list = sources.list()
      return {
        version: parts.folder.version,
        now: now(),
        timeZone: parts.timeZone,
        sample: parts.folder.sample,
        dataDir: parts.folder.dataDir,
        trouble: parts.folder.trouble(),
        stories: parts.stories.count(),
        sources: list.length,
        failingSources: list.filter(({ state }) => state === 'failing' || state === 'ended').length,
        pausedSources: list.filter(({ state }) => state === 'paused').length,
        nextPoll: settingsNow().polling && !parts.folder.sample ? parts.sources.nextPoll() : null,
        unreadHits: parts.hits.unseen(),
        visitedAt: settings.get('visitedAt'),
        jobs: jobs.running(),
      }
    },
    markVisit() {
      // Query text knows whole seconds: the mark is the next one, and what arrives before that counts as arriving at it.
      const visitedAt = Math.floor(now() / 1000) * 1000 + 1000
      settings.set('visitedAt', visitedAt)
      changes.emit({ type: 'settings' })
      return { visitedAt }
    },
    settings: settingsNow,
    saveSettings(change) {
      if (change.keepDays !== undefined) settings.set('keepDays', change.keepDays)
      if (change.keepStories !== undefined) settings.set('keepStories', change.keepStories)
      if (change.polling !== undefined) settings.set('polling', change.polling)
      if (change.headlineLanguage !== undefined) {
        settings.set('headlineLanguage', change.headlineLanguage)
        changes.emit({ type: 'events' })
      }
      if (!parts.folder.sample) poller.setPolling(settingsNow().polling)
      changes.emit({ type: 'settings' })
      return settingsNow()
    },
    cancelJob: (id) => jobs.cancel(id),
    tidy: () => parts.forgetting.retention(),
  }
}
