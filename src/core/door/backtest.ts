import type {
  Backtest,
  BacktestInput,
  HitDays,
  HitDaysInput,
  Match,
  NarrowInput,
  Narrowing,
  Why,
} from '../../api/contract/backtest.ts'
import type { Arrival } from '../alerts/decide/decider.ts'
import type { Decision } from '../alerts/decide/decision.ts'
import { editReason } from '../alerts/editReason.ts'
import { narrowings } from '../alerts/narrowings.ts'
import { DEFAULTS, readSettings, withChange } from '../alerts/settings.ts'
import { type Simulation, simulate } from '../alerts/simulate.ts'
import { whyFired } from '../alerts/whyFired.ts'
import { counted } from '../counted.ts'
import { isoDay, localDay, localDayReader } from '../localTime.ts'
import { Problem } from '../problem.ts'
import type { Query } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import { printQuery } from '../query/language/print.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import { tokenise } from '../query/match/tokenise.ts'
import { publishedOf } from '../store/docid.ts'
import { Steps } from '../store/search/steps.ts'
import { ALL_STORIES } from '../store/tags.ts'
import { subjectOfRecord } from '../watch/storySubject.ts'
import { stretchesOf } from './dashboard/stretch.ts'
import type { DoorParts } from './parts.ts'
import { inSlices } from './slices.ts'

/** What an alert would have done, over the archive and by the engine that decides live. */
export interface Backtests {
  /** @throws QueryError; the signal's reason where nobody waits any more */
  backtest(input: BacktestInput, signal?: AbortSignal): Promise<Backtest>
  /** The hits alone by day, from the index. @throws QueryError; the signal's reason where nobody waits any more */
  hitDays(input: HitDaysInput, signal?: AbortSignal): Promise<HitDays>
  /** Queries that would find less, with what they would lose; the best first. */
  narrow(input: NarrowInput, signal?: AbortSignal): Promise<Narrowing[]>
  /** Whether a query that is not saved yet matches a story. @throws QueryError, Problem NOT_FOUND */
  matches(input: { query: string; story: number }): Match
  /** @throws Problem NOT_FOUND */
  why(input: { alert: number; story: number }): Why
  /** Makes hits of what an alert's query matches in the archive: seen, never told. @throws Problem NOT_FOUND */
  backfill(alert: number, signal?: AbortSignal): Promise<{ added: number }>
}

/** Steps (store/search/steps.ts) of what goes over the whole archive. */
const ARCHIVE_STEPS = 20_000_000
const DAY = 86_400_000
/** Weeks of history that spikes and silences are told from. */
const HISTORY_MS = 57 * DAY
const NEWEST = 20
/** Stories whose events are read at once. */
const TOGETHER = 2000
const EXAMPLES = 3
/** An alert with so many hits a day is noisy; what narrows it to a third of that is enough. */
const NOISY = 20
const ENOUGH = 6

type Parts = Pick<
  DoorParts,
  | 'events'
  | 'stories'
  | 'settings'
  | 'search'
  | 'notices'
  | 'decisions'
  | 'together'
  | 'changes'
  | 'counts'
  | 'alerts'
  | 'hits'
  | 'tags'
  | 'definitions'
  | 'now'
  | 'timeZone'
>

export function backtests(parts: Parts): Backtests {
  const { events, stories, search, counts, alerts, definitions, now, timeZone } = parts

  const parsed = (query: string): Query =>
    parseQuery(query, { use: 'alert', concepts: definitions().concepts }).query

  /** The moments of a range; all of time where there is none. */
  function bounds(range: BacktestInput['range']): { from: number; to: number } {
    if (range === undefined) return { from: 0, to: Number.POSITIVE_INFINITY }
    const { from, to } = stretchesOf(range, {
      now: now(),
      visitedAt: parts.settings.get('visitedAt'),
      oldest: stories.oldest(),
      firstFetched: stories.firstFetched(),
      timeZone,
    }).now
    return { from, to }
  }

  /** How many stories there are in a stretch of time, by its local days; in all of time where there is none. */
  function storiesIn(stretch: { from: number; to: number } | null): number {
    if (stretch === null) return stories.count()
    const [first, last] = [localDay(stretch.from, timeZone), localDay(stretch.to - 1, timeZone)]
    return counts.daily(ALL_STORIES, first, last).reduce((sum, n) => sum + n, 0)
  }

  /** Docids of all stories of a query that were published in a stretch of time, oldest first. */
  function* docidsOf(
    query: Query,
    { from, to }: { from: number; to: number },
    steps: Steps,
  ): Generator<void, Float64Array> {
    const within: Query[] =
      from === 0 ? [query] : [query, { type: 'date', op: 'after', value: isoDay(Math.floor(from / DAY) - 1) }]
    const narrowed: Query =
      within.length === 1
        ? query
        : { type: 'and', of: within.flatMap((one) => (one.type === 'and' ? one.of : [one])) }
    const found: (readonly number[])[] = []
    for (const some of search.docidsInSteps(narrowed, steps)) {
      found.push(some)
      yield
    }
    const docids = new Float64Array(found.reduce((sum, some) => sum + some.length, 0))
    let filled = 0
    for (const some of found)
      for (const docid of some) {
        const published = publishedOf(docid)
        if (published >= from && published < to) docids[filled++] = docid
      }
    return docids.subarray(0, filled).sort()
  }

  /** Each story arrives when it was published (an undated one: fetched), by itself, of the event that it is of now. */
  function* arrivals(docids: Float64Array): Generator<readonly Arrival[]> {
    for (let start = 0; start < docids.length; start += TOGETHER) {
      const some = [...docids.subarray(start, start + TOGETHER)]
      const of = new Map(events.ofAll(some))
      for (const docid of some) {
        const published = publishedOf(docid)
        const event = of.get(docid) ?? null
        yield [{ story: docid, event, source: 0, published, at: published, isFirstFetch: false }]
      }
    }
  }

  /** Ids and titles of the last of some docids, newest first. */
  function titled(docids: readonly number[], most: number) {
    const ids = docids
      .slice(-most)
      .reverse()
      .flatMap((docid) => stories.idAt(docid) ?? [])
    return stories.many(ids).map(({ id, title, summary, text, published, lang }) => ({
      id,
      title: title || summary || text.slice(0, 120),
      published,
      lang,
    }))
  }

  /** The last of some stories that one version of a query finds and another does not, newest first, each with why. */
  function edited(docids: readonly number[], finds: Query, fails: Query) {
    const { concepts, entities } = definitions()
    return titled(docids, EXAMPLES).flatMap((known) => {
      const story = stories.get(known.id)
      if (story === undefined) return []
      const read = tokenise(subjectWith(story))
      const evaluator = (query: Query) => createEvaluator(query, { concepts, entities, timeZone })
      const decides = {
        matches: (query: Query) => evaluator(query).matches(read, story.fetched),
        evidence: (query: Query) => evaluator(query).evidence(read, story.fetched),
      }
      return [{ ...known, ...editReason(finds, fails, decides, (field) => story[field]) }]
    })
  }

  function* difference(
    docids: Float64Array,
    query: Query,
    against: number,
    within: { from: number; to: number },
    steps: Steps,
  ) {
    const before = parsed(alerts.get(against).query)
    const saved = yield* docidsOf(before, within, steps)
    const [is, was] = [new Set(docids), new Set(saved)]
    const added = [...docids].filter((docid) => !was.has(docid))
    const removed = [...saved].filter((docid) => !is.has(docid))
    return {
      saved: saved.length,
      added: added.length,
      removed: removed.length,
      newestAdded: edited(added, query, before),
      newestRemoved: edited(removed, before, query),
    }
  }

  function* test(input: BacktestInput, query: Query, steps: Steps): Generator<void, Backtest> {
    const { from, to } = bounds(input.range)
    const settings = withChange(DEFAULTS, input.settings)
    const hasHistory =
      settings.trigger.kind === 'spike' ||
      settings.trigger.kind === 'silence' ||
      settings.trigger.kind === 'threshold'
    const all = yield* docidsOf(
      query,
      { from: hasHistory ? Math.max(0, from - HISTORY_MS) : from, to },
      steps,
    )
    const oldest = stories.oldest()
    const gaps = new Map<string, ReadonlySet<number>>()
    const done = yield* simulate(settings, arrivals(all), {
      timeZone,
      since: oldest === null ? null : localDay(oldest, timeZone),
      from,
      until: Math.min(now(), to),
      gaps(first, last) {
        const key = `${first} ${last}`
        const known =
          gaps.get(key) ??
          new Set(counts.daily(ALL_STORIES, first, last).flatMap((n, i) => (n === 0 ? [first + i] : [])))
        gaps.set(key, known)
        return known
      },
    })
    const inRange = all.filter((docid) => publishedOf(docid) >= from)
    return {
      stories: storiesIn(input.range === undefined ? null : { from, to }),
      hits: done.hits,
      notices: done.notices,
      days: done.days.map(({ day, ...rest }) => ({ day: isoDay(day), ...rest })),
      newest: newestOf(inRange, query, done.newest),
      incomplete: incomplete(steps),
      ...(input.against === undefined
        ? {}
        : { edit: yield* difference(inRange, query, input.against, { from, to }, steps) }),
    }
  }

  function* hitDays({ range }: HitDaysInput, query: Query, steps: Steps): Generator<void, HitDays> {
    const days =
      range === undefined ? yield* search.histogramInSteps(query, steps) : yield* daysIn(range, query, steps)
    const ascending = [...days].sort(([a], [b]) => a - b)
    return {
      hits: ascending.reduce((sum, [, hits]) => sum + hits, 0),
      days: ascending.map(([day, hits]) => ({ day: isoDay(day), hits })),
      incomplete: incomplete(steps),
    }
  }

  /** Matches by local day; the ends of a range need not be those of a day. */
  function* daysIn(
    range: HitDaysInput['range'],
    query: Query,
    steps: Steps,
  ): Generator<void, Map<number, number>> {
    const dayOf = localDayReader(timeZone)
    const days = new Map<number, number>()
    for (const docid of yield* docidsOf(query, bounds(range), steps)) {
      const day = dayOf(publishedOf(docid))
      days.set(day, (days.get(day) ?? 0) + 1)
    }
    return days
  }

  const incomplete = (steps: Steps): string | null =>
    steps.isSpent
      ? `The search was ended after ${counted(steps.spent, 'step')}: older stories were not looked at. Narrow it by a word that must occur.`
      : null

  function newestOf(docids: Float64Array, query: Query, decisions: Simulation['newest']): Backtest['newest'] {
    const { concepts, entities } = definitions()
    const evaluator = createEvaluator(query, { concepts, entities, timeZone })
    return [...docids.subarray(-NEWEST)].reverse().flatMap((docid): Backtest['newest'] => {
      const id = stories.idAt(docid)
      const story = id === undefined ? undefined : stories.get(id)
      if (story === undefined) return []
      const decision = decisions.get(docid)
      return [
        {
          id: story.id,
          title: story.title || story.summary || story.text.slice(0, 120),
          source: story.source_title,
          lang: story.lang,
          published: story.published,
          evidence: evaluator.evidence(tokenise(subjectWith(story)), story.published),
          outcome: decision?.outcome ?? '',
          told: decision?.told ?? null,
        },
      ]
    })
  }

  /** A story with its themes, which a query may name. */
  function subjectWith(story: NonNullable<ReturnType<typeof stories.get>>) {
    const themes = definitions().themes
    const keys = parts.tags
      .of(story.id)
      .flatMap(({ theme }) => themes.find(({ id }) => id === theme)?.key ?? [])
    return { ...subjectOfRecord(story), themes: new Set(keys) }
  }

  return {
    why,
    matches({ query, story }) {
      const { concepts, entities } = definitions()
      const record = storyOf(story)
      const evaluator = createEvaluator(parsed(query), { concepts, entities, timeZone })
      const read = tokenise(subjectWith(record))
      const matches = evaluator.matches(read, record.fetched)
      return { matches, evidence: matches ? evaluator.evidence(read, record.fetched) : [] }
    },
    async backfill(id, signal) {
      const done = await inSlices(backfilled(id, parsed(alerts.get(id).query)), signal)
      parts.changes.emit({ type: 'alerts', hits: 0 })
      return done
    },
    async backtest(input, signal) {
      return inSlices(test(input, parsed(input.query), new Steps(ARCHIVE_STEPS)), signal)
    },
    async hitDays(input, signal) {
      return inSlices(hitDays(input, parsed(input.query), new Steps(ARCHIVE_STEPS)), signal)
    },
    async narrow({ query, days }, signal) {
      const to = now()
      const within = { from: to - days * DAY, to }
      function* tried(): Generator<void, Narrowing[]> {
        const steps = new Steps(ARCHIVE_STEPS)
        const tree = parsed(query)
        const all = yield* docidsOf(tree, within, steps)
        const perDay = all.length / days
        if (perDay < NOISY) return []
        const answers: Narrowing[] = []
        for (const { words, query: narrower } of narrowings(tree, frequentTheme(all))) {
          const left = yield* docidsOf(narrower, within, steps)
          if (left.length === 0 || left.length > all.length * 0.8) continue
          const kept = new Set(left)
          const lost = [...all].filter((docid) => !kept.has(docid))
          answers.push({
            words,
            query: printQuery(narrower),
            before: perDay,
            after: left.length / days,
            lost: lost.length,
            examples: titled(lost, EXAMPLES),
          })
        }
        // What is enough and loses least comes first; then what comes nearest to it.
        const isEnough = ({ after }: Narrowing): boolean => after <= ENOUGH
        return answers.sort(
          (a, b) =>
            Number(isEnough(b)) - Number(isEnough(a)) ||
            (isEnough(a) ? b.after - a.after : a.after - b.after),
        )
      }
      return inSlices(tried(), signal)
    },
  }

  /** @throws Problem NOT_FOUND */
  function storyOf(id: number) {
    const story = stories.get(id)
    if (story === undefined)
      throw new Problem(
        'NOT_FOUND',
        `There is no story ${id}: its source or retention removed it, or it never was.`,
      )
    return story
  }

  function why({ alert: id, story: storyId }: { alert: number; story: number }): Why {
    const alert = alerts.get(id)
    const story = storyOf(storyId)
    const { concepts, entities } = definitions()
    const evaluator = createEvaluator(parsed(alert.query), { concepts, entities, timeZone })
    const read = tokenise(subjectWith(story))
    const text = parts.decisions.decisionOf(id, storyId)
    const decision = text === undefined ? null : text === '' ? '' : (JSON.parse(text) as Partial<Decision>)
    const key = decision === null || decision === '' ? null : (decision.key ?? null)
    const notice = key === null ? undefined : parts.decisions.noticeOf(id, key)
    const matches = evaluator.matches(read, story.fetched)
    return {
      alert: alert.name,
      story: storyId,
      ...whyFired({
        matches,
        enabled: alert.enabled === 1,
        decision,
        deliveries:
          notice === undefined
            ? []
            : parts.notices.log({ alert: id, limit: 1000 }).filter(({ noticeId }) => noticeId === notice),
        timeZone,
      }),
      evidence: matches ? evaluator.evidence(read, story.fetched) : [],
    }
  }

  function* backfilled(id: number, query: Query): Generator<void, { added: number }> {
    const all = yield* docidsOf(query, { from: 0, to: Number.POSITIVE_INFINITY }, new Steps(ARCHIVE_STEPS))
    const { horizonMs: horizon, trigger } = readSettings(alerts.get(id).settings)
    let added = 0
    for (let start = 0; start < all.length; start += 200) {
      parts.together(() => {
        for (const docid of all.subarray(start, start + 200)) {
          const story = stories.idAt(docid)
          const at = now()
          const day = localDay(publishedOf(docid), timeZone)
          if (story === undefined || !parts.hits.add({ alert: id, story, at, day, came: '{}' })) continue
          const age = at - publishedOf(docid)
          const rest = { at, age, horizon, trigger: trigger.kind, gates: {}, key: null, told: null }
          const decision: Decision = { outcome: 'backfilled', ...rest }
          parts.decisions.decide(id, story, JSON.stringify(decision), 1, null)
          added++
        }
      })
      yield
    }
    return { added }
  }

  /** The theme that most of the newest of these stories have, though not nearly all. */
  function frequentTheme(docids: Float64Array): string | null {
    const ids = [...docids.subarray(-200)].flatMap((docid) => stories.idAt(docid) ?? [])
    const times = new Map<number, number>()
    for (const tags of parts.tags.ofAll(ids).values())
      for (const { theme } of tags) times.set(theme, (times.get(theme) ?? 0) + 1)
    const themes = definitions().themes.filter(({ kind }) => kind === 'theme')
    const [best] = themes
      .map(({ id, key }) => ({ key, share: (times.get(id) ?? 0) / ids.length }))
      .filter(({ share }) => share >= 0.1 && share <= 0.8)
      .sort((a, b) => b.share - a.share)
    return best?.key ?? null
  }
}
