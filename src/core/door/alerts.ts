import { parseQuery } from '../query/language/parse.ts'
import type { Evidence } from '../query/match/subject.ts'
import { tokenise } from '../query/match/tokenise.ts'
import type { AlertCounts, AlertRecord } from '../store/alerts.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import type { DoorParts } from './parts.ts'
import { rowsOf, type StoryRow } from './storyRows.ts'

/** An alert with what it found. Times are epoch milliseconds. */
export interface Alert {
  id: number
  name: string
  query: string
  enabled: boolean
  created: number
  hits: number
  unread: number
  lastHit: number | null
}

export interface Hit {
  alert: { id: number; name: string }
  at: number
  seen: boolean
  story: StoryRow
  evidence: Evidence[]
}

export interface Alerts {
  list(): Alert[]
  /** @throws QueryError where the query cannot be read, Problem CONFLICT where the name is taken */
  save(alert: { id?: number | undefined; name: string; query: string; enabled: boolean }): Alert
  remove(id: number): void
  /** The inbox, newest hit first. */
  hits(filter: {
    alert?: number | undefined
    unseen?: boolean | undefined
    limit: number
    cursor?: string | undefined
  }): { hits: Hit[]; next: string | null }
  markSeen(filter: { alert?: number | undefined; stories?: readonly number[] | undefined }): void
}

type Parts = Pick<DoorParts, 'stories' | 'tags' | 'alerts' | 'changes' | 'definitions' | 'now'>

export function alertNoun(parts: Parts): Alerts {
  const { alerts, stories, tags, changes, definitions, now } = parts

  function seen(alert: AlertRecord, counts: AlertCounts | undefined): Alert {
    return {
      id: alert.id,
      name: alert.name,
      query: alert.query,
      enabled: alert.enabled === 1,
      created: alert.created,
      hits: counts?.hits ?? 0,
      unread: counts?.unread ?? 0,
      lastHit: counts?.lastHit ?? null,
    }
  }

  return {
    list() {
      const counts = alerts.counts()
      return alerts.all().map((alert) => seen(alert, counts.get(alert.id)))
    },
    save(alert) {
      const { concepts, percolator } = definitions()
      const { query } = parseQuery(alert.query, { use: 'alert', concepts })
      const { id } = alerts.save({ ...alert, name: alert.name.trim() }, now())
      if (alert.enabled) percolator.setAlert(id, query)
      else percolator.deleteAlert(id)
      changes.emit({ type: 'alerts', hits: 0 })
      return seen(alerts.get(id), alerts.counts().get(id))
    },
    remove(id) {
      alerts.get(id)
      alerts.remove(id)
      definitions().percolator.deleteAlert(id)
      changes.emit({ type: 'alerts', hits: 0 })
    },
    hits(filter) {
      const page = alerts.hits(filter)
      const rows = new Map(
        rowsOf(
          parts,
          page.hits.map((hit) => hit.story_id),
        ).map((row) => [row.id, row]),
      )
      const { percolator, themes } = definitions()
      const keys = new Map(themes.map((theme) => [theme.id, theme.key]))
      return {
        hits: page.hits.flatMap((hit): Hit[] => {
          const story = rows.get(hit.story_id)
          const record = stories.get(hit.story_id)
          if (story === undefined || record === undefined) return []
          const tagged = new Set(tags.of(hit.story_id).flatMap(({ theme }) => keys.get(theme) ?? []))
          const subject = { ...subjectOfRecord(record), themes: tagged }
          return [
            {
              alert: { id: hit.alert_id, name: hit.alert_name },
              at: hit.at,
              seen: hit.seen === 1,
              story,
              evidence: percolator.alertEvidence(hit.alert_id, tokenise(subject), now()),
            },
          ]
        }),
        next: page.next,
      }
    },
    markSeen(filter) {
      alerts.markSeen(filter)
      changes.emit({ type: 'alerts', hits: 0 })
    },
  }
}
