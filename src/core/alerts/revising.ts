import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { isoDay, localDay } from '../localTime.ts'
import type { Query } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { WEEKS } from '../spikes/spikes.ts'
import type { AlertRecord } from '../store/alerts.ts'
import { publishedOf } from '../store/docid.ts'
import type { Search } from '../store/search/search.ts'
import { Steps } from '../store/search/steps.ts'
import type { StoryRecord } from '../store/stories.ts'
import type { Stores } from '../stores.ts'
import type { Definitions } from '../watch/definitions.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import type { History } from './decide/state.ts'
import { USUAL } from './decide/state.ts'
import type { Deciding } from './deciding.ts'
import { readSettings } from './settings.ts'

/**
 * Alerts whose query or trigger was changed are brought in line with the archive in the background, in small transactions: each
 * hit is marked by whether the query still matches it, and what a spike, a share or a silence is told by is read from the archive,
 * so that a new alert need not watch for weeks. An alert is marked until that is done, so that a run cut short begins again.
 */
export interface Revising {
  /** Begins where alerts are to be revised, unless it is under way. */
  start(): void
  /** Resolves when no run is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface Parts
  extends Pick<Stores, 'together' | 'alerts' | 'decisions' | 'stories' | 'tags'>,
    Pick<Clock, 'now' | 'timeZone'> {
  readonly search: Pick<Search, 'list' | 'docidsInSteps'>
  readonly definitions: () => Pick<Definitions, 'concepts' | 'entities' | 'themes'>
  readonly beginDeciding: () => Deciding
  readonly changes: Changes
  readonly log: (line: string) => void
}

/** Hits that are looked at in one transaction: some milliseconds. */
const STEP = 16
/** Steps (store/search/steps.ts) of what goes over the archive, and of one turn of it. */
const ARCHIVE_STEPS = 20_000_000
const TURN_STEPS = 20_000
const DAY = 86_400_000

/** True if what the alert tells hangs on what came before. */
export function needsHistory({ settings }: Pick<AlertRecord, 'settings'>): boolean {
  const { trigger } = readSettings(settings)
  return (
    trigger.kind === 'spike' ||
    trigger.kind === 'silence' ||
    (trigger.kind === 'threshold' && trigger.rule.by === 'share')
  )
}

export function createRevising(parts: Parts): Revising {
  const { together, alerts, decisions, stories, tags, search, definitions, timeZone, now, log } = parts
  const closing = new AbortController()
  let running: Promise<void> | undefined

  /** Each hit is marked by whether the query matches its story, as it did when that came. */
  function* markHits({ id }: AlertRecord, query: Query): Generator<void> {
    const { concepts, entities } = definitions()
    const evaluator = createEvaluator(query, { concepts, entities, timeZone })
    const matches = (story: StoryRecord): boolean =>
      evaluator.matches(tokenise({ ...subjectOfRecord(story), themes: themesOf(story.id) }), story.fetched)
    for (let after = 0; ; ) {
      const some = decisions.hitStories(id, after, STEP)
      const last = some.at(-1)
      if (last === undefined) return
      after = last
      const fit = new Map(stories.many(some).map((story) => [story.id, matches(story)]))
      together(() => {
        for (const [story, fits] of fit) decisions.setFits(id, story, fits)
      })
      yield
    }
  }

  function themesOf(story: number): ReadonlySet<string> {
    const { themes } = definitions()
    return new Set(tags.of(story).flatMap(({ theme }) => themes.find(({ id }) => id === theme)?.key ?? []))
  }

  /** Local days of publication of what the query matches, of the weeks that an expectation is made of. */
  function* daysOf(alert: AlertRecord, query: Query, today: number): Generator<void, History['days']> {
    const first = today - 7 * WEEKS
    const within: Query = { type: 'date', op: 'after', value: isoDay(first - 1) }
    const narrowed: Query = { type: 'and', of: [...(query.type === 'and' ? query.of : [query]), within] }
    const found = new Set<number>()
    for (const some of search.docidsInSteps(narrowed, new Steps(ARCHIVE_STEPS))) {
      for (const docid of some) found.add(docid)
      yield
    }
    // What came meanwhile is a hit.
    for (const docid of decisions.hitDocids(alert.id, first * DAY)) found.add(docid)
    const days = new Map<number, number>()
    for (const docid of found) {
      const day = localDay(publishedOf(docid), timeZone)
      if (day >= first) days.set(day, (days.get(day) ?? 0) + 1)
    }
    return [...days].sort(([a], [b]) => a - b).map(([day, count]) => ({ day, count }))
  }

  /** The newest stories that the query matches, oldest first, each as if it had arrived when it was published. */
  function* arrivalsOf(query: Query): Generator<void, History['arrivals']> {
    const found: number[] = []
    for (let cursor: string | undefined; ; ) {
      const page = search.list(query, { limit: USUAL - found.length, cursor, steps: new Steps(TURN_STEPS) })
      found.push(...page.rows.map(({ id }) => id))
      if (page.next === null || found.length === USUAL) break
      cursor = page.next
      yield
    }
    return stories
      .many(found)
      .map(({ id, source_id, published }) => ({ story: id, source: source_id, at: published }))
      .sort((a, b) => a.at - b.at)
  }

  function* revise(alert: AlertRecord): Generator<void> {
    const { concepts } = definitions()
    const { query } = parseQuery(alert.query, { use: 'alert', concepts })
    yield* markHits(alert, query)
    if (needsHistory(alert)) {
      const today = localDay(now(), timeZone)
      const oldest = stories.oldest()
      const history: History = {
        since: Math.min(today, oldest === null ? today : localDay(oldest, timeZone)),
        arrivals: yield* arrivalsOf(query),
        // Last, so that nothing comes between its end and the transaction.
        days: yield* daysOf(alert, query, today),
      }
      together(() => {
        const deciding = beginDeciding()
        deciding.seed(alert.id, history, now())
        deciding.finish()
        alerts.setRevised(alert.id, alert.query)
      })
    } else together(() => alerts.setRevised(alert.id, alert.query))
    parts.changes.emit({ type: 'alerts', hits: 0 })
  }
  const { beginDeciding } = parts

  async function run(): Promise<void> {
    const failed = new Set<number>()
    for (;;) {
      const alert = alerts.unrevised().find(({ id }) => !failed.has(id))
      if (alert === undefined) return
      try {
        for (const _ of revise(alert)) {
          await new Promise((resolve) => setImmediate(resolve))
          if (closing.signal.aborted) return
          // It was changed again, or removed: from the beginning.
          const current = alerts.find(alert.id)
          if (current?.query !== alert.query || current.settings !== alert.settings) break
        }
      } catch (error) {
        failed.add(alert.id)
        log(`The alert “${alert.name}” could not be brought in line with the archive: ${error}`)
      }
    }
  }

  return {
    start() {
      if (running !== undefined || closing.signal.aborted || alerts.unrevised().length === 0) return
      running = run().finally(() => {
        running = undefined
      })
    },
    async idle() {
      while (running !== undefined) await running
    },
    async close() {
      closing.abort()
      await running
    },
  }
}
