import type { Job } from '../changes.ts'
import type { Engine } from '../engine.ts'
import type { Sources } from './sources.ts'

export interface AppInfo {
  version: string
  now: number
  timeZone: string
  sample: boolean
  dataDir: string
  stories: number
  sources: number
  failingSources: number
  pausedSources: number
  nextPoll: number | null
  unreadHits: number
  visitedAt: number | null
  jobs: Job[]
}

export interface Settings {
  keepDays: number | null
  keepStories: number | null
  polling: boolean
}

export interface App {
  info(): AppInfo
  /** Moves the visit mark to now. */
  markVisit(): { visitedAt: number }
  settings(): Settings
  saveSettings(change: { [K in keyof Settings]?: Settings[K] | undefined }): Settings
  cancelJob(id: number): void
  /** Removes what the retention settings let go, now; answers how many stories. It also runs by itself, hourly. */
  tidy(): Promise<number>
}

export function appNoun(engine: Engine, sources: Sources): App {
  const { settings, changes, jobs, poller, now } = engine

  const read = (): Settings => ({
    keepDays: Number(settings.get('keepDays') ?? 0) || null,
    keepStories: Number(settings.get('keepStories') ?? 0) || null,
    polling: settings.get('polling') !== 'no',
  })

  return {
    info() {
      const list = sources.list()
      return {
        version: engine.version,
        now: now(),
        timeZone: engine.timeZone,
        sample: engine.sample,
        dataDir: engine.dataDir,
        stories: engine.stories.count(),
        sources: list.length,
        failingSources: list.filter(({ state }) => state === 'failing' || state === 'ended').length,
        pausedSources: list.filter(({ state }) => state === 'paused').length,
        nextPoll: read().polling && !engine.sample ? engine.sources.nextPoll() : null,
        unreadHits: engine.alerts.unread(),
        visitedAt: Number(settings.get('visitedAt') ?? 0) || null,
        jobs: jobs.running(),
      }
    },
    markVisit() {
      // Query text knows whole seconds: the mark is the next one, and what arrives before it counts as arriving then.
      const visitedAt = Math.floor(now() / 1000) * 1000 + 1000
      settings.set('visitedAt', String(visitedAt))
      changes.emit({ type: 'settings' })
      return { visitedAt }
    },
    settings: read,
    saveSettings(change) {
      if (change.keepDays !== undefined) settings.set('keepDays', String(change.keepDays ?? 0))
      if (change.keepStories !== undefined) settings.set('keepStories', String(change.keepStories ?? 0))
      if (change.polling !== undefined) settings.set('polling', change.polling ? 'yes' : 'no')
      if (!engine.sample) poller.setPolling(read().polling)
      changes.emit({ type: 'settings' })
      return read()
    },
    cancelJob: (id) => jobs.cancel(id),
    tidy: () => engine.forgetting.retention(),
  }
}
