import type { Query } from '../../query/language/ast.ts'
import type { SubjectSource } from '../../query/match/subject.ts'
import type { ReadableDb, ReadStatement } from '../connection.ts'
import { localDays } from './localDays.ts'
import { type FromIndex, matchReader } from './matchReader.ts'
import type { PlanContext } from './planContext.ts'
import { countSliceSql, countSql, eventsSql, histogramSql, type Sql } from './planSql.ts'
import type { FilterContext } from './residualFilter.ts'
import { type Plan, planFor, plansToCount } from './searchPlan.ts'
import { sourceReader } from './sourceFilter.ts'
import type { Steps } from './steps.ts'
import { vocabulary } from './vocabulary.ts'

/** Back-end 1: which stories of the archive match a query. It gives the answers the matcher would. */
export interface Search {
  /**
   * Newest first. `cursor` is the `next` of the page before. Where the steps are spent, the page ends and the next one goes on
   * from there.
   */
  list(
    query: Query,
    options: { limit: number; cursor?: string | undefined; steps?: Steps },
  ): { rows: { id: number; docid: number }[]; next: string | null }
  /** With a budget (ms) that runs out, what was counted until then and `exact: false`. */
  count(query: Query, options?: { budgetMs?: number | undefined }): { stories: number; exact: boolean }
  /** Counts in steps of some milliseconds: yields what was counted so far, returns the whole. Others may work between. */
  countInSteps(query: Query, steps?: Steps): Generator<number, number>
  /** The docids of all matches, in no order, some thousands at a time. */
  docidsInSteps(query: Query, steps?: Steps): Generator<readonly number[], void>
  /** The same with the event of each; null for a story that waits for its own. */
  eventsInSteps(query: Query, steps?: Steps): Generator<readonly StoryEvent[], void>
  /** Matches by local day (days since 1970-01-01), days without any left out. */
  histogram(query: Query): Map<number, number>
  /** The same in steps of some milliseconds. Where the steps are spent it returns what was found until then. */
  histogramInSteps(query: Query, steps?: Steps): Generator<void, Map<number, number>>
}

export type StoryEvent = readonly [docid: number, event: number | null]

/**
 * What search needs of the rest of the core, read anew for each query. `sources` decides `source: country: bloc: kind:` as the
 * matcher does: use `sourcesWhere` of sourceFilter.ts.
 */
export type SearchContext = Omit<PlanContext, 'fewFetchedSince' | 'wordsFrom'>

export function createSearch(
  db: ReadableDb,
  context: () => SearchContext,
  fromIndex: FromIndex = 'where quicker',
): Search {
  const statements = new Map<string, ReadStatement>()
  const sources = sourceReader(db)

  function prepare(text: string): ReadStatement {
    let made = statements.get(text)
    if (made === undefined) {
      if (statements.size >= KEPT_STATEMENTS) statements.clear()
      made = db.prepare(text)
      statements.set(text, made)
    }
    return made
  }
  const matches = matchReader(db, prepare, fromIndex)
  const all = ({ text, params }: Sql): Figures[] => prepare(text).all(...params) as Figures[]
  const one = ({ text, params }: Sql): Figures => prepare(text).get(...params) as Figures

  const eventsOf = db
    .prepare(
      `SELECT wanted.value, event FROM json_each(?) AS wanted
       LEFT JOIN story_event ON story_event.docid = wanted.value`,
    )
    .raw()
  const wordsFrom = vocabulary(db)
  const few = db.prepare<number[], { n: number; first: number; last: number }>(
    `SELECT count(*) AS n, min(docid) AS first, max(docid) AS last FROM
       (SELECT docid FROM story INDEXED BY story_fetched WHERE fetched >= ? LIMIT ${MANY_FETCHED})`,
  )

  /** The context of one search. Planning looks the same things up more than once: here each is looked up once. */
  function contextNow(): FilterContext {
    const given = context()
    const wordLists = new Map<string, readonly string[] | null>()
    const sourceLists = new Map<string, readonly number[]>()
    const known = new Map<number, SubjectSource | undefined>()
    return {
      ...given,
      source: (id) => kept(known, id, () => sources(id)),
      wordsFrom: (prefix) => kept(wordLists, prefix, () => wordsFrom(prefix, MANY_WORDS)),
      sources: (field, value) => kept(sourceLists, `${field}:${value}`, () => given.sources(field, value)),
      fewFetchedSince(ms) {
        const { n, first, last } = few.get(ms) as { n: number; first: number; last: number }
        if (n === MANY_FETCHED) return null
        return n === 0 ? { first: 0, last: -1 } : { first, last }
      },
    }
  }

  function* countInSteps(query: Query, steps?: Steps): Generator<number, number> {
    const context = contextNow()
    let stories = 0
    for (const plan of plansToCount(query, context)) {
      if (plan.sets.length === 0) continue
      if (plan.residual !== null) {
        for (const found of matches.inSlices(plan, plan.residual, context, DECIDED_A_STEP, steps)) {
          stories += found.length
          yield stories
        }
        continue
      }
      for (let to = plan.to; ; ) {
        const slice = one(countSliceSql(plan, to, COUNTED_A_STEP))
        stories += slice.n
        yield stories
        if (slice.n < COUNTED_A_STEP) break
        to = slice.last
      }
    }
    return stories
  }

  function* docidsInSteps(query: Query, steps?: Steps): Generator<readonly number[], void> {
    const context = contextNow()
    for (const plan of plansToCount(query, context)) {
      if (plan.sets.length === 0) continue
      if (plan.residual !== null) {
        yield* matches.inSlices(plan, plan.residual, context, DECIDED_A_STEP, steps)
        continue
      }
      for (let to = plan.to; ; ) {
        const found = matches.docidsBelow(plan, to, COUNTED_A_STEP)
        yield found
        if (found.length < COUNTED_A_STEP) break
        to = found.at(-1) as number
      }
    }
  }

  function* eventsInSteps(query: Query, steps?: Steps): Generator<readonly StoryEvent[], void> {
    const context = contextNow()
    for (const plan of plansToCount(query, context)) {
      if (plan.sets.length === 0) continue
      if (plan.residual !== null) {
        for (const found of matches.inSlices(plan, plan.residual, context, DECIDED_A_STEP, steps))
          yield eventsOf.all(JSON.stringify(found)) as StoryEvent[]
        continue
      }
      for (let to = plan.to; ; ) {
        const { text, params } = eventsSql(plan, to, READ_A_STEP)
        const found = prepare(text)
          .raw()
          .all(...params) as StoryEvent[]
        yield found
        if (found.length < READ_A_STEP) break
        to = (found.at(-1) as StoryEvent)[0]
      }
    }
  }

  /** Without steps, what full text decides is one statement. */
  function countAtOnce(query: Query): number {
    const context = contextNow()
    let stories = 0
    for (const plan of plansToCount(query, context)) {
      if (plan.sets.length === 0) continue
      if (plan.residual === null) stories += one(countSql(plan)).n
      else
        for (const found of matches.inSlices(plan, plan.residual, context, DECIDED_AT_ONCE))
          stories += found.length
    }
    return stories
  }

  return {
    list(query, { limit, cursor, steps }) {
      const context = contextNow()
      const plan = below(planFor(query, { ...context, mostPairs: PAIRS_OF_A_PAGE }, 'list'), cursor)
      const rows: { id: number; docid: number }[] = []
      const size = plan.residual === null ? limit + 1 : limit
      const found = matches.inOrder(plan, context, size, steps)
      for (;;) {
        const { value, done } = found.next()
        if (done === true) return { rows, next: value === null ? null : String(value) }
        if (rows.length === limit) {
          found.return(null)
          return { rows, next: String(rows.at(-1)?.docid) }
        }
        rows.push(value)
      }
    },

    count(query, { budgetMs } = {}) {
      if (budgetMs === undefined) return { stories: countAtOnce(query), exact: true }
      const end = performance.now() + budgetMs
      const steps = countInSteps(query)
      for (;;) {
        const { value, done } = steps.next()
        if (done === true) return { stories: value, exact: true }
        if (performance.now() > end) return { stories: value, exact: false }
      }
    },

    countInSteps,
    docidsInSteps,
    eventsInSteps,

    histogram(query) {
      const steps = histogramInSteps(query)
      for (;;) {
        const { value, done } = steps.next()
        if (done === true) return value
      }
    },

    histogramInSteps,
  }

  function* histogramInSteps(query: Query, steps?: Steps): Generator<void, Map<number, number>> {
    const context = contextNow()
    const days = new Map<number, number>()
    const add = (day: number, n: number): void => {
      days.set(day, (days.get(day) ?? 0) + n)
    }
    const { first, last } = one({
      text: 'SELECT min(docid) AS first, max(docid) AS last FROM story',
      params: [],
    })
    if (first === null) return days
    const calendar = localDays(first, last, context.timeZone)
    for (const plan of plansToCount(query, context)) {
      if (plan.sets.length === 0) continue
      if (plan.residual === null) for (const { day, n } of all(histogramSql(plan, calendar.sql))) add(day, n)
      else
        for (const found of matches.inSlices(plan, plan.residual, context, DECIDED_AT_ONCE, steps)) {
          for (const docid of found) add(calendar.day(docid), 1)
          yield
        }
    }
    return days
  }
}

/** A row of counts, as far as it was selected. */
interface Figures {
  readonly n: number
  readonly first: number | null
  readonly last: number
  readonly day: number
}

/** The part of a plan below a cursor. */
function below(plan: Plan, cursor: string | undefined): Plan {
  if (cursor === undefined) return plan
  const docid = Number(cursor)
  return Number.isSafeInteger(docid) && docid >= 0 ? { ...plan, to: Math.min(plan.to, docid) } : plan
}

/** What is known of a key; found out the first time. */
function kept<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  if (known.has(key)) return known.get(key) as V
  const found = find()
  known.set(key, found)
  return found
}

const MANY_WORDS = 32
const MANY_FETCHED = 2000
const KEPT_STATEMENTS = 200
/** FTS5 seeks the first story of each pair, to the end where there is none: a page of many pairs takes as long as all. */
const PAIRS_OF_A_PAGE = 48
const COUNTED_A_STEP = 20_000
/** To read rows takes longer than to count them. */
const READ_A_STEP = 4096
const DECIDED_A_STEP = 8192
const DECIDED_AT_ONCE = 16_384
