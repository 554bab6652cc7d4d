import type { Alert, AlertDraft, Arrangement, Notice } from '../../api/contract/alerts.ts'
import { needsHistory } from '../alerts/revising.ts'
import { readSettings, withChange } from '../alerts/settings.ts'
import { Problem } from '../problem.ts'
import { parseQuery } from '../query/language/parse.ts'
import type { AlertCounts, AlertRecord } from '../store/alerts.ts'
import type { RemovedAlert } from '../store/removedAlert.ts'
import { type AlertFiles, alertFiles } from './alertFiles.ts'
import { type Backtests, backtests } from './backtest.ts'
import type { DoorParts } from './parts.ts'

export interface Alerts extends Backtests, AlertFiles {
  list(): Alert[]
  /** @throws QueryError where the query cannot be read, Problem CONFLICT where the name is taken */
  save(draft: AlertDraft): Alert
  /** With its hits and channels. It can be restored for an hour, while this engine runs. */
  remove(id: number): void
  /** @throws Problem NOT_FOUND where it cannot be brought back any more, CONFLICT where its name is taken */
  restore(id: number): Alert
  /** Resolves when all alerts are in line with the archive. */
  revised(): Promise<void>
  /** Switches alerts on or off, or puts them into a folder. */
  arrange(arrangement: Arrangement): void
  /** What waits for a page to show. It is handed out once, until it is acknowledged or the page evidently has gone. */
  takeNotices(): Notice[]
  /** A page has shown these notices. */
  acknowledge(ids: readonly number[]): void
}

/** How long, and how many, removed alerts can be brought back. */
const RESTORED_MS = 3_600_000
const RESTORED_MOST = 20

type Parts = Pick<
  DoorParts,
  | 'stories'
  | 'settings'
  | 'counts'
  | 'search'
  | 'timeZone'
  | 'notices'
  | 'decisions'
  | 'together'
  | 'tags'
  | 'events'
  | 'alerts'
  | 'hits'
  | 'channels'
  | 'secrets'
  | 'changes'
  | 'definitions'
  | 'definitionsChanged'
  | 'dispatcher'
  | 'revising'
  | 'now'
>

export function alertNoun(parts: Parts): Alerts {
  const { alerts, changes, definitions, definitionsChanged, dispatcher, now } = parts
  const removed = new Map<number, { alert: RemovedAlert; putBack: () => void; at: number }>()

  function alertOf(alert: AlertRecord, counts: AlertCounts | undefined): Alert {
    return {
      id: alert.id,
      name: alert.name,
      query: alert.query,
      enabled: alert.enabled === 1,
      created: alert.created,
      hits: counts?.hits ?? 0,
      unread: counts?.unread ?? 0,
      lastHit: counts?.lastHit ?? null,
      settings: readSettings(alert.settings),
      folder: alert.folder,
      colour: alert.colour,
      note: alert.note,
    }
  }

  return {
    ...backtests(parts),
    ...alertFiles(parts),
    list() {
      const counts = alerts.counts()
      return alerts.all().map((alert) => alertOf(alert, counts.get(alert.id)))
    },
    save(draft) {
      parseQuery(draft.query, { use: 'alert', concepts: definitions().concepts })
      const before = draft.id === undefined ? undefined : alerts.get(draft.id)
      const settings = withChange(readSettings(before?.settings ?? '{}'), draft.settings)
      const { id } = alerts.save(
        {
          id: draft.id,
          name: draft.name.trim(),
          query: draft.query,
          enabled: draft.enabled,
          settings: JSON.stringify(settings),
          folder: (draft.folder ?? before?.folder ?? '').trim(),
          colour: draft.colour === undefined ? (before?.colour ?? null) : draft.colour,
          note: draft.note ?? before?.note ?? '',
        },
        now(),
      )
      const saved = alerts.get(id)
      // While it was off it counted nothing.
      const isHistoryMissing =
        before === undefined || before.settings !== saved.settings || before.enabled !== saved.enabled
      if (isHistoryMissing && needsHistory(saved)) alerts.setRevised(id, '')
      definitionsChanged('alerts')
      parts.revising.start()
      changes.emit({ type: 'alerts', hits: 0 })
      return alertOf(alerts.get(id), alerts.counts().get(id))
    },
    revised: () => parts.revising.idle(),
    remove(id) {
      alerts.get(id)
      const channels = parts.channels.list(id).map((channel) => channel.id)
      const alert = alerts.remove(id)
      // The addresses of its channels go with it.
      const putBack = parts.secrets.takeOut(channels)
      for (const [of, { at }] of removed) if (at < now() - RESTORED_MS) removed.delete(of)
      const [oldest] = removed.keys()
      if (oldest !== undefined && removed.size >= RESTORED_MOST) removed.delete(oldest)
      removed.set(id, { alert, putBack, at: now() })
      definitionsChanged('alerts')
      changes.emit({ type: 'alerts', hits: 0 })
    },
    restore(id) {
      const known = removed.get(id)
      if (known === undefined || known.at < now() - RESTORED_MS)
        throw new Problem('NOT_FOUND', 'This alert cannot be brought back any more.')
      // The addresses first: a channel without one could not be told of what waits.
      known.putBack()
      try {
        alerts.restore(known.alert)
      } catch (error) {
        parts.secrets.keepOnly(parts.channels.list().map((channel) => channel.id))
        throw error
      }
      removed.delete(id)
      const alert = alerts.get(id)
      if (needsHistory(alert)) alerts.setRevised(id, '')
      definitionsChanged('alerts')
      parts.revising.start()
      dispatcher.look()
      changes.emit({ type: 'alerts', hits: 0 })
      return alertOf(alerts.get(id), alerts.counts().get(id))
    },
    arrange({ ids, ...change }) {
      parts.together(() => {
        const before = ids.flatMap((id) => alerts.find(id) ?? [])
        alerts.arrange(ids, { ...change, folder: change.folder?.trim() })
        // While it was off it counted nothing.
        for (const { id, enabled } of before)
          if (enabled !== alerts.get(id).enabled && needsHistory(alerts.get(id))) alerts.setRevised(id, '')
      })
      if (change.enabled !== undefined) {
        definitionsChanged('alerts')
        parts.revising.start()
      }
      changes.emit({ type: 'alerts', hits: 0 })
    },
    takeNotices: () => dispatcher.take(),
    acknowledge: (ids) => dispatcher.acknowledge(ids),
  }
}
