import { rangeOf } from '../../localTime.ts'
import { isSourceField } from '../../query/fulltext/context.ts'
import { toFts } from '../../query/fulltext/toFts.ts'
import type { DateFilter, Query } from '../../query/language/ast.ts'
import { secondsOf } from '../../query/match/filters.ts'
import { PER_SECOND } from '../docid.ts'
import type { PlanContext } from './planContext.ts'

/** A condition on a story: `$docid` stands for its docid, `story.` for its row. */
export interface Condition {
  readonly text: string
  readonly params: readonly (string | number | bigint)[]
}

/** A query as a condition on a story's row; null where its text is needed to decide it. */
export function factCondition(query: Query, context: PlanContext): Condition | null {
  return condition(query, context, (part) => factCondition(part, context))
}

/** Like `factCondition`; parts that full text expresses exactly become subqueries, which SQLite collects first. */
export function membershipCondition(query: Query, context: PlanContext): Condition | null {
  const known = condition(query, context, (part) => membershipCondition(part, context))
  if (known !== null) return known
  const found = toFts(query, context)
  if (!found.exact || found.match === null) return null
  return {
    text: '($docid IN (SELECT rowid FROM story_words WHERE story_words MATCH ?))',
    params: [found.match],
  }
}

const NOTHING: Condition = { text: '0', params: [] }

function condition(
  query: Query,
  context: PlanContext,
  inner: (part: Query) => Condition | null,
): Condition | null {
  switch (query.type) {
    case 'and':
      return joined(query.of.map(inner), ' AND ')
    case 'or':
      return joined(query.of.map(inner), ' OR ')
    case 'any': {
      const sum = joined(query.of.map(inner), ' + ')
      return sum === null ? null : { text: `(${sum.text} >= ${query.atLeast})`, params: sum.params }
    }
    case 'not': {
      const part = inner(query.of)
      return part === null ? null : { text: `(NOT ${part.text})`, params: part.params }
    }
    case 'field':
      return factCondition(query.of, context)
    case 'date': {
      if (query.op === 'fetched') {
        const { start } = rangeOf(query.value, context.timeZone)
        return { text: '(story.fetched >= ?)', params: [BigInt(start)] }
      }
      const { from, to } = docidRange(query, context)
      return { text: '($docid >= ? AND $docid < ?)', params: [BigInt(from), BigInt(to)] }
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
    case 'filter': {
      if (query.field === 'theme')
        return listed(
          context.themes(query.value),
          (ids) => `EXISTS (SELECT 1 FROM tag WHERE tag.theme_id IN (${ids}) AND tag.docid = $docid)`,
        )
      if (query.field === 'alert')
        return listed(
          context.alerts(query.value),
          (ids) => `EXISTS (SELECT 1 FROM hit WHERE hit.alert_id IN (${ids}) AND hit.story_id = story.id)`,
        )
      if (query.field === 'event')
        return {
          text: 'EXISTS (SELECT 1 FROM story_event WHERE story_event.docid = $docid AND story_event.event = ?)',
          params: [Number(query.value)],
        }
      if (!isSourceField(query.field)) return null
      // The plus keeps SQLite from seeking each source in the index instead of looking at the story's.
      return listed(context.sources(query.field, query.value), (ids) => `(+story.source_id IN (${ids}))`)
    }
    default:
      return null
  }
}

const state = (test: string): Condition => ({
  text: `EXISTS (SELECT 1 FROM story_state WHERE story_state.story_id = story.id AND story_state.${test})`,
  params: [],
})

function joined(parts: readonly (Condition | null)[], by: string): Condition | null {
  const all = parts.filter((part) => part !== null)
  if (all.length < parts.length) return null
  if (all.length === 0) return NOTHING
  return {
    text: balanced(
      all.map((p) => p.text),
      by,
    ),
    params: all.flatMap((p) => p.params),
  }
}

/** Terms joined in brackets; in brackets of brackets where they are many, since SQLite takes a depth of 1,000. */
function balanced(terms: readonly string[], by: string): string {
  if (terms.length <= 100) return `(${terms.join(by)})`
  const half = Math.ceil(terms.length / 2)
  return `(${balanced(terms.slice(0, half), by)}${by}${balanced(terms.slice(half), by)})`
}

/** Row ids are ours, whole numbers: they stand in the SQL as they are. */
export function listed(ids: readonly number[], text: (ids: string) => string): Condition {
  return ids.length === 0 ? NOTHING : { text: text(ids.map(Math.trunc).join(', ')), params: [] }
}

/** The docids that a date filter leaves: `from` ≤ docid < `to`. */
export function docidRange(filter: DateFilter, context: PlanContext): { from: number; to: number } {
  if (filter.op === 'fetched') {
    // What was fetched lately was mostly published lately, so the range of its docids is short.
    const few = context.fewFetchedSince?.(rangeOf(filter.value, context.timeZone).start) ?? null
    return few === null ? { from: 0, to: END } : { from: few.first, to: few.last + 1 }
  }
  const { from, to } = secondsOf(filter, context)
  const docid = (second: number): number => Math.min(Math.max(second, 0) * PER_SECOND, END)
  return { from: docid(from), to: docid(to) }
}

/** More than any docid. */
export const END = Number.MAX_SAFE_INTEGER
