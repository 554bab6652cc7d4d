import type { DateFilter, Query } from '../query/ast.ts'
import { secondsOf } from '../query/filters.ts'
import { rangeOf } from '../query/localTime.ts'
import { type FtsContext, toFts } from '../query/toFts.ts'
import { PER_SECOND } from './docid.ts'

/** A piece of SQL with its parameters. Conditions speak of a row of `story`. */
export interface Sql {
  readonly text: string
  readonly params: readonly (string | number | bigint)[]
}

/** What a plan needs to know of the archive. Rows of themes and alerts that a value stands for may be none. */
export interface PlanContext extends FtsContext {
  readonly now: number
  readonly timeZone: string
  themes(key: string): readonly number[]
  alerts(name: string): readonly number[]
}

/** A set of docids: `column` of the rows of `from` for which `where` holds. */
export interface DocidSet {
  readonly column: string
  readonly from: string
  readonly where: Sql
}

/**
 * How a query is answered: docids come newest first from `drive`, inside `from` ≤ docid < `to`; rows must pass all of
 * `where`; what is left of the query (`residual`) the matcher's evaluator decides on the story itself.
 */
export interface Plan {
  readonly from: number
  readonly to: number
  readonly drive: Drive
  readonly where: readonly Sql[]
  readonly residual: Query | null
}

/** Full text; or sets of docids, merged; or every story of the range; or nothing can match. */
export type Drive =
  | { readonly kind: 'match'; readonly match: string }
  | { readonly kind: 'sets'; readonly sets: readonly DocidSet[] }
  | { readonly kind: 'stories' }
  | { readonly kind: 'none' }

/** More than any docid. */
export const END = Number.MAX_SAFE_INTEGER

/** A plan whose rows can be listed: nothing is collected beforehand, so that it can stop at any row. */
export function planList(query: Query, context: PlanContext): Plan {
  return plan(query, context, (part) => fact(part, context))
}

/**
 * A plan whose rows can be counted: full-text subqueries may be collected into sets, which costs less than reading the
 * stories where there is much to count.
 */
export function planCount(query: Query, context: PlanContext): Plan {
  return plan(query, context, (part) => fact(part, context) ?? membership(part, context))
}

function plan(query: Query, context: PlanContext, settle: (part: Query) => Sql | null): Plan {
  let from = 0
  let to = END
  const where: Sql[] = []
  const open: Query[] = []
  const settled: Query[] = []
  for (const part of query.type === 'and' ? query.of : [query]) {
    if (part.type === 'date' && part.op !== 'fetched') {
      const range = docids(part, context)
      from = Math.max(from, range.from)
      to = Math.min(to, range.to)
      continue
    }
    const test = fact(part, context)
    if (test === null) open.push(part)
    else {
      where.push(test)
      settled.push(part)
    }
  }
  const rest = conjunction(open)
  const found = rest === null ? null : toFts(rest, context)
  if (from >= to || found?.none === true)
    return { from, to, drive: { kind: 'none' }, where: [], residual: null }
  const match = found?.match ?? null
  const undecided = open.filter((part) => {
    if (match !== null && decided(part, context)) return false
    const test = settle(part)
    if (test !== null) where.push(test)
    return test === null
  })
  return {
    from,
    to,
    drive: drive(match, [...settled, ...open], context),
    where,
    residual: conjunction(undecided),
  }
}

/** Whether a member of the conjunction that full text was asked for is answered by that alone. */
function decided(part: Query, context: PlanContext): boolean {
  return toFts(part.type === 'not' ? part.of : part, context).exact
}

function drive(match: string | null, parts: readonly Query[], context: PlanContext): Drive {
  if (match !== null) return { kind: 'match', match }
  const cover = cheapest(parts, context)
  return cover === null ? { kind: 'stories' } : { kind: 'sets', sets: cover.sets }
}

function conjunction(parts: readonly Query[]): Query | null {
  if (parts.length <= 1) return parts[0] ?? null
  return { type: 'and', of: parts }
}

function docids(filter: DateFilter, context: PlanContext): { from: number; to: number } {
  const { from, to } = secondsOf(filter, context)
  const docid = (second: number): number => Math.min(Math.max(second, 0) * PER_SECOND, END)
  return { from: docid(from), to: docid(to) }
}

/** A query as a condition on a story's row, or null where it says something of the text. */
function fact(query: Query, context: PlanContext): Sql | null {
  return condition(query, context, (part) => fact(part, context))
}

/** Like `fact`, with parts that full text says exactly as sets it collects. */
function membership(query: Query, context: PlanContext): Sql | null {
  const known = condition(query, context, (part) => membership(part, context))
  if (known !== null) return known
  const found = toFts(query, context)
  if (!found.exact || found.match === null) return null
  return {
    text: '(story.docid IN (SELECT rowid FROM story_words WHERE story_words MATCH ?))',
    params: [found.match],
  }
}

const NOTHING: Sql = { text: '0', params: [] }

function condition(query: Query, context: PlanContext, inner: (part: Query) => Sql | null): Sql | null {
  switch (query.type) {
    case 'and':
    case 'or': {
      const parts = query.of.map(inner)
      return parts.includes(null) ? null : joined(parts as Sql[], query.type === 'and' ? ' AND ' : ' OR ')
    }
    case 'any': {
      const parts = query.of.map(inner)
      if (parts.includes(null)) return null
      const sum = joined(parts as Sql[], ' + ')
      return { text: `(${sum.text} >= ${query.atLeast})`, params: sum.params }
    }
    case 'not': {
      const part = inner(query.of)
      return part === null ? null : { text: `(NOT ${part.text})`, params: part.params }
    }
    case 'field':
      return fact(query.of, context)
    case 'date': {
      if (query.op === 'fetched')
        return {
          text: '(story.fetched >= ?)',
          params: [BigInt(rangeOf(query.value, context.timeZone).start)],
        }
      const { from, to } = docids(query, context)
      return { text: '(story.docid >= ? AND story.docid < ?)', params: [BigInt(from), BigInt(to)] }
    }
    case 'state':
      switch (query.state) {
        case 'copy':
          return { text: '(story.copy_of IS NOT NULL)', params: [] }
        case 'read':
          return state('read = 1')
        case 'unread':
          return { text: `(NOT ${state('read = 1').text})`, params: [] }
        case 'starred':
          return state('starred = 1')
        case 'note':
          return state("note <> ''")
      }
      break
    case 'filter':
      switch (query.field) {
        case 'theme': {
          const ids = context.themes(query.value)
          if (ids.length === 0) return NOTHING
          return {
            text: `EXISTS (SELECT 1 FROM tag WHERE theme_id IN (${list(ids)}) AND tag.docid = story.docid)`,
            params: [],
          }
        }
        case 'alert': {
          const ids = context.alerts(query.value)
          if (ids.length === 0) return NOTHING
          return {
            text: `EXISTS (SELECT 1 FROM hit WHERE alert_id IN (${list(ids)}) AND hit.story_id = story.id)`,
            params: [],
          }
        }
        default:
          return null
      }
    default:
      return null
  }
}

const state = (test: string): Sql => ({
  text: `EXISTS (SELECT 1 FROM story_state WHERE story_id = story.id AND ${test})`,
  params: [],
})

function joined(parts: readonly Sql[], by: string): Sql {
  if (parts.length === 0) return NOTHING
  return { text: `(${parts.map((p) => p.text).join(by)})`, params: parts.flatMap((p) => p.params) }
}

/** Row ids are ours, whole numbers: they stand in the SQL as they are. */
function list(ids: readonly number[]): string {
  return ids.map((id) => Math.trunc(id)).join(', ')
}

/** Sets of docids, newest first each, that hold every match; a lower rank is likely the smaller. */
interface Cover {
  readonly sets: readonly DocidSet[]
  readonly rank: number
}

function cover(query: Query, context: PlanContext): Cover | null {
  const found = toFts(query, context)
  if (found.none) return { sets: [], rank: 0 }
  if (found.match !== null) return { sets: [matching(found.match)], rank: 2 }
  switch (query.type) {
    case 'filter':
      if (query.field === 'theme') return { sets: context.themes(query.value).map(tagged), rank: 1 }
      if (query.field === 'alert') return { sets: context.alerts(query.value).map(hit), rank: 0 }
      return null
    case 'state':
      if (query.state === 'starred') return { sets: [marked('starred = 1')], rank: 0 }
      if (query.state === 'note') return { sets: [marked("note <> ''")], rank: 0 }
      return null
    case 'field':
      return cover(query.of, context)
    case 'and':
      return cheapest(query.of, context)
    case 'or':
    case 'any': {
      const all = query.of.map((part) => cover(part, context))
      return all.includes(null) ? null : { sets: (all as Cover[]).flatMap(({ sets }) => sets), rank: 3 }
    }
    default:
      return null
  }
}

function cheapest(parts: readonly Query[], context: PlanContext): Cover | null {
  const covers = parts.flatMap((part) => cover(part, context) ?? [])
  return covers.reduce<Cover | null>(
    (best, one) => (best === null || one.rank < best.rank ? one : best),
    null,
  )
}

export const matching = (match: string): DocidSet => ({
  column: 'story_words.rowid',
  from: 'story_words',
  where: { text: 'story_words MATCH ?', params: [match] },
})
const tagged = (theme: number): DocidSet => ({
  column: 'tag.docid',
  from: 'tag',
  where: { text: 'tag.theme_id = ?', params: [theme] },
})
const hit = (alert: number): DocidSet => ({
  column: 'story.docid',
  from: 'hit CROSS JOIN story ON story.id = hit.story_id',
  where: { text: 'hit.alert_id = ?', params: [alert] },
})
const marked = (test: string): DocidSet => ({
  column: 'story.docid',
  from: 'story_state CROSS JOIN story ON story.id = story_state.story_id',
  where: { text: `story_state.${test}`, params: [] },
})
