import type {
  Hit,
  HitFilter,
  HitGroup,
  HitPage,
  Inbox as Overview,
  HitView as View,
} from '../../api/contract/inbox.ts'
import type { Decision } from '../alerts/decide/decision.ts'
import { localDay } from '../localTime.ts'
import { parseQuery } from '../query/language/parse.ts'
import { printFilter } from '../query/language/print.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import type { Evidence } from '../query/match/subject.ts'
import { type Tokenised, tokenise } from '../query/match/tokenise.ts'
import type { AlertRecord } from '../store/alerts.ts'
import { type HitKey, type HitRecord, type HitTotal, isIn, isNewer, type ListedHit } from '../store/hits.ts'
import { Steps } from '../store/search/steps.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import { healthyByBloc, silentBlocs } from './eventShape.ts'
import { hitMarks, type Marks, STATES } from './hitMarks.ts'
import type { DoorParts } from './parts.ts'
import { inSlices } from './slices.ts'
import type { Sources } from './sources.ts'
import { queryOf, rowsOf } from './storyRows.ts'

export interface Inbox extends Marks {
  /** The alerts, with what each has. */
  overview(): Overview
  /** Newest hit first, by event where that is asked for. @throws QueryError; Problem NOT_FOUND where the alert is gone */
  list(
    filter: HitFilter & { grouped: boolean; limit: number; cursor?: string | undefined },
    signal?: AbortSignal,
  ): Promise<HitPage>
}

/** Days of an alert that are shown. */
const DAYS = 14
/** Steps (store/search/steps.ts) of what goes over the whole archive. */
const ARCHIVE_STEPS = 20_000_000
/** Hits that are looked at before others are let in. */
const A_STEP = 512
/** Hits that are looked through for those of a filter, before they are looked up by the stories that it finds. */
const SOON = 4096
/** Blocs without a story of an event that are named. */
const SILENT = 2
/** The interface's language: a hit in it stands for its event, where there is one. */
const INTERFACE = 'en'
const VIEWS: readonly View[] = ['new', 'all', 'starred', 'snoozed', 'dismissed']

type Parts = Pick<
  DoorParts,
  | 'alerts'
  | 'hits'
  | 'stories'
  | 'settings'
  | 'tags'
  | 'events'
  | 'search'
  | 'decisions'
  | 'together'
  | 'beginDeciding'
  | 'changes'
  | 'definitions'
  | 'rowsWritten'
  | 'now'
  | 'timeZone'
>

/** The stories that a query matches; null: all. */
interface Matching {
  readonly docids: ReadonlySet<number> | null
  readonly isWhole: boolean
}

/** @param sourceList all sources as they do now */
export function inboxNoun(parts: Parts, sourceList: Sources['list']): Inbox {
  const { alerts, hits, stories, search, definitions } = parts
  let last: { key: string; matching: Matching } | undefined

  /** The alerts of a filter; null: all. @throws Problem NOT_FOUND */
  function scopeOf({ alert, folder }: HitFilter): number[] | null {
    if (alert !== undefined) return [alerts.get(alert).id]
    if (folder === undefined) return null
    return alerts.all().flatMap((one) => (one.folder === folder ? [one.id] : []))
  }

  /** The stories that the filter's query matches. The pages of one list ask for the same. */
  async function matchingOf(filter: HitFilter, signal: AbortSignal | undefined): Promise<Matching> {
    if (filter.query.trim() === '') return { docids: null, isWhole: true }
    const mine = filter.alert === undefined ? '' : printFilter('alert', [alerts.get(filter.alert).name])
    const query = queryOf(parts, `(${filter.query}) ${mine}`)
    const key = `${parts.rowsWritten()} ${filter.alert ?? ''} ${filter.query}`
    if (last?.key === key) return last.matching
    const steps = new Steps(ARCHIVE_STEPS)
    function* found(): Generator<void, Set<number>> {
      const docids = new Set<number>()
      for (const some of search.docidsInSteps(query, steps)) {
        for (const docid of some) docids.add(docid)
        yield
      }
      return docids
    }
    const matching = { docids: await inSlices(found(), signal), isWhole: !steps.isSpent }
    last = { key, matching }
    return matching
  }

  /**
   * The hits of a filter, newest first; undefined now and then, where others may work. They are found among all hits; where the
   * query matches few stories, those that do not come soon are found by its stories.
   */
  function* hitsOf(
    filter: HitFilter,
    { docids }: Matching,
    below?: HitKey,
  ): Generator<ListedHit | undefined> {
    const scope = scopeOf(filter)
    const wanted = scope === null ? null : new Set(scope)
    const isBelow = (hit: ListedHit, key: HitKey | undefined): boolean =>
      (wanted === null || wanted.has(hit.alert)) && (key === undefined || isNewer(key, hit))
    if (filter.event !== undefined) {
      for (const hit of hits.ofEvent(filter.event))
        if (isIn(filter.show, hit) && isBelow(hit, below) && (docids?.has(hit.docid) ?? true)) yield hit
      return
    }
    let looked = 0
    for (const hit of hits.list(scope, filter.show, below)) {
      if (docids?.has(hit.docid) ?? true) yield hit
      if (++looked % A_STEP === 0) yield undefined
      if (docids === null || looked !== SOON || docids.size > inViews(hits.totals())[filter.show] / 2)
        continue
      const stories = [...docids]
      const rest: ListedHit[] = []
      for (let from = 0; from < stories.length; from += A_STEP) {
        for (const one of hits.ofDocids(stories.slice(from, from + A_STEP), filter.show))
          if (isBelow(one, hit)) rest.push(one)
        yield undefined
      }
      yield* rest.sort((a, b) => (isNewer(a, b) ? -1 : 1))
      return
    }
  }

  /** A page of hits, or of all hits of the events of them. */
  function* pageOf(
    filter: Parameters<Inbox['list']>[0],
    matching: Matching,
  ): Generator<void, { found: HitRecord[][]; next: string | null }> {
    const { grouped, limit } = filter
    const scope = scopeOf(filter)
    const wanted = scope === null ? null : new Set(scope)
    const isListed = (hit: HitRecord): boolean =>
      (wanted === null || wanted.has(hit.alert)) &&
      isIn(filter.show, hit) &&
      (matching.docids === null || matching.docids.has(hit.docid))
    const seen = new Set<number>()
    const found: HitRecord[][] = []
    let end: HitKey | undefined
    for (const hit of hitsOf(filter, matching, keyOf(filter.cursor))) {
      if (hit === undefined) {
        yield
        continue
      }
      let members: HitRecord[]
      if (grouped) {
        const event = hit.event ?? -hit.story
        if (seen.has(event)) continue
        seen.add(event)
        members = (hit.event === null ? hits.ofStory(hit.story) : hits.ofEvent(hit.event)).filter(isListed)
        // Its newest hit stands on an earlier page, and it with that.
        const [newest] = members
        if (newest === undefined || isNewer(newest, hit)) continue
      } else members = hits.many([hit])
      if (found.length === limit) return { found, next: cursorOf(end) }
      found.push(members)
      end = hit
    }
    return { found, next: null }
  }

  /** What a page shows of hits, by `alert story`; those whose story or alert is gone are left out. */
  function shown(list: readonly HitRecord[]): Map<string, Hit> {
    const ids = [...new Set(list.map(({ story }) => story))]
    const rows = new Map(rowsOf(parts, ids).map((row) => [row.id, row]))
    const keys = new Map(definitions().themes.map((theme) => [theme.id, theme.key]))
    const tagged = parts.tags.ofAll(ids)
    const records = new Map(stories.many(ids).map((record) => [record.id, record]))
    const read = new Map(
      [...records.values()].map((record) => {
        const themes = new Set((tagged.get(record.id) ?? []).flatMap(({ theme }) => keys.get(theme) ?? []))
        return [record.id, tokenise({ ...subjectOfRecord(record), themes })]
      }),
    )
    const known = new Map(alerts.all().map((alert) => [alert.id, alert]))
    return new Map(
      list.flatMap((hit): [string, Hit][] => {
        const [alert, story, text] = [known.get(hit.alert), rows.get(hit.story), read.get(hit.story)]
        if (alert === undefined || story === undefined || text === undefined) return []
        const evidence = evidenceOf(alert, text)
        return [
          [
            `${hit.alert} ${hit.story}`,
            {
              alert: { id: alert.id, name: alert.name },
              at: hit.at,
              state: STATES[hit.state],
              until: hit.until,
              starred: hit.starred === 1,
              fits: hit.fits === 1,
              ...outcomeOf(hit.decision),
              story,
              evidence,
              passage: passageOf(evidence, records.get(hit.story)),
            },
          ],
        ]
      }),
    )
  }

  function evidenceOf(alert: AlertRecord, story: Tokenised): Evidence[] {
    const { percolator, concepts, entities } = definitions()
    if (alert.enabled === 1) return percolator.alertEvidence(alert.id, story, parts.now())
    try {
      const { query } = parseQuery(alert.query, { use: 'alert', concepts })
      const { timeZone } = parts
      return createEvaluator(query, { concepts, entities, timeZone }).evidence(story, parts.now())
    } catch {
      // A concept that it names was removed.
      return []
    }
  }

  function groupsOf(found: readonly HitRecord[][]): HitGroup[] {
    const events = [...new Set(found.flatMap((members) => members[0]?.event ?? []))]
    const sources = sourceList()
    const healthy = healthyByBloc(sources)
    const blocs = new Map(sources.map(({ id, bloc }) => [id, bloc]))
    const told = Map.groupBy(parts.events.sourcesOf(events), ({ event }) => event)
    const names = new Map(alerts.all().map(({ id, name }) => [id, name]))
    const leads = found.map((members) => leadOf(members))
    const hitsShown = shown(leads)
    return found.flatMap((members, i): HitGroup[] => {
      const lead = leads[i]
      const hit = lead === undefined ? undefined : hitsShown.get(`${lead.alert} ${lead.story}`)
      const [newest] = members
      if (hit === undefined || newest === undefined) return []
      const ofEvent = told.get(newest.event ?? 0)
      const byBloc = new Map<string, number>()
      for (const { source, stories } of ofEvent ?? []) {
        const bloc = blocs.get(source) ?? ''
        if (bloc !== '') byBloc.set(bloc, (byBloc.get(bloc) ?? 0) + stories)
      }
      const covering = [...byBloc].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([bloc]) => bloc)
      const byAlert = Map.groupBy(members, ({ alert }) => alert)
      return [
        {
          event:
            newest.event === null || ofEvent === undefined
              ? null
              : {
                  id: newest.event,
                  stories: ofEvent.reduce((sum, { stories }) => sum + stories, 0),
                  sources: ofEvent.length,
                  blocs: covering,
                  silent: silentBlocs(healthy, covering)
                    .slice(0, SILENT)
                    .map(({ bloc }) => bloc),
                },
          lead: hit,
          hits: members.length,
          unseen: members.filter(({ state }) => state === 0).length,
          copies: copiesIn(members),
          alerts: [...byAlert.keys()].map((id) => ({ id, name: names.get(id) ?? '' })),
          refs: [...byAlert].map(([alert, mine]) => ({ alert, stories: mine.map(({ story }) => story) })),
          at: newest.at,
        },
      ]
    })
  }

  /** The hit that stands for others: on their event's most central story, else the newest in the interface's language. */
  function leadOf(members: readonly HitRecord[]): HitRecord {
    const [newest] = members as [HitRecord, ...HitRecord[]]
    if (members.length === 1) return newest
    const headlines: Readonly<Record<string, number>> =
      newest.event === null ? {} : parts.events.get(newest.event).headlines
    const wanted = [headlines[INTERFACE], headlines['']].filter((id) => id !== undefined)
    for (const id of wanted) {
      const hit = members.find(({ story }) => story === id)
      if (hit !== undefined) return hit
    }
    const own = new Set(
      stories
        .many(members.slice(0, LOOKED_AT).map(({ story }) => story))
        .flatMap(({ id, lang }) => (lang.split('-')[0] === INTERFACE ? [id] : [])),
    )
    const mine = members.filter(({ story }) => own.has(story))
    return mine.find(({ copyOf }) => copyOf === null) ?? mine[0] ?? newest
  }

  return {
    overview() {
      const today = localDay(parts.now(), parts.timeZone)
      const first = today - DAYS + 1
      const days = Map.groupBy(hits.days(first), ({ alert }) => alert)
      const totals = hits.totals()
      const byAlert = Map.groupBy(totals, ({ alert }) => alert)
      return {
        alerts: alerts.all().map((alert) => {
          const counts = Array.from({ length: DAYS }, () => 0)
          for (const { day, hits } of days.get(alert.id) ?? []) if (day <= today) counts[day - first] = hits
          return {
            id: alert.id,
            name: alert.name,
            query: alert.query,
            enabled: alert.enabled === 1,
            folder: alert.folder,
            colour: alert.colour,
            hits: inViews(byAlert.get(alert.id) ?? []),
            days: counts,
          }
        }),
        hits: inViews(totals),
      }
    },
    async list(filter, signal) {
      const matching = await matchingOf(filter, signal)
      const { found, next } = await inSlices(pageOf(filter, matching), signal)
      return {
        groups: groupsOf(found),
        next,
        ...(matching.isWhole
          ? {}
          : {
              incomplete:
                'The search was ended before all stories were looked at. Narrow it by a word or a date.',
            }),
      }
    },
    ...hitMarks(parts, async (filter) => {
      const matching = await matchingOf(filter, undefined)
      return inSlices(
        (function* () {
          const all: ListedHit[] = []
          for (const hit of hitsOf(filter, matching))
            if (hit === undefined) yield
            else all.push(hit)
          return all
        })(),
        undefined,
      )
    }),
  }
}

/** Hits of a group that are looked at for one in the interface's language. */
const LOOKED_AT = 50

/** How many of some hits repeat the text of another. */
function copiesIn(members: readonly HitRecord[]): number {
  const originals = new Set(members.map(({ alert, story, copyOf }) => `${alert} ${copyOf ?? story}`))
  return members.length - originals.size
}

function inViews(totals: readonly HitTotal[]): Record<View, number> {
  const counts = Object.fromEntries(VIEWS.map((view) => [view, 0])) as Record<View, number>
  for (const total of totals) for (const view of VIEWS) if (isIn(view, total)) counts[view] += total.hits
  return counts
}

/** Characters around the first evidence of a text: enough to cut a passage between words. */
const BEFORE = 200
const AFTER = 600

/** The part of a summary or text around its first evidence. */
function passageOf(
  evidence: readonly Evidence[],
  story: { readonly summary: string; readonly text: string } | undefined,
): Hit['passage'] {
  const field = (['summary', 'text'] as const).find((name) => evidence.some((one) => one.field === name))
  if (field === undefined || story === undefined) return null
  const first = Math.min(...evidence.flatMap((one) => (one.field === field ? [one.start] : [])))
  const start = Math.max(0, first - BEFORE)
  return { field, start, text: story[field].slice(start, first + AFTER) }
}

/** What a page says of a decision. */
function outcomeOf(decision: string): Pick<Hit, 'outcome' | 'told' | 'held'> {
  const {
    outcome = null,
    told = null,
    gates = {},
  } = (decision === '' ? {} : JSON.parse(decision)) as Partial<Decision>
  const until = Math.max(...Object.values(gates))
  return { outcome, told, held: outcome === 'held' && Number.isFinite(until) ? until : null }
}

const cursorOf = (hit: HitKey | undefined): string | null =>
  hit === undefined ? null : `${hit.at}-${hit.story}-${hit.alert}`

function keyOf(cursor: string | undefined): HitKey | undefined {
  const [at, story, alert] = (cursor ?? '').split('-').map(Number)
  return at === undefined || story === undefined || alert === undefined ? undefined : { at, story, alert }
}
