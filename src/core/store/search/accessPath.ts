import { rangeOf } from '../../localTime.ts'
import { isSourceField } from '../../query/fulltext/context.ts'
import { toFts } from '../../query/fulltext/toFts.ts'
import type { DateFilter, Query } from '../../query/language/ast.ts'
import { type Condition, listed } from './conditions.ts'
import type { PlanContext } from './planContext.ts'

/**
 * How the candidates of a query are reached: sets of docids, read from an index, whose union has every match (`exact`: and
 * nothing else). A lower rank is likely the smaller.
 */
export interface AccessPath {
  readonly sets: readonly DocidSet[]
  readonly rank: number
  readonly exact: boolean
}

/** `column` of the rows of `from` that pass `where`; `story`: `from` has the story's row. */
export interface DocidSet {
  readonly column: string
  readonly from: string
  readonly story: boolean
  readonly where: Condition
}

/**
 * `list`: rows come in order and nothing is collected beforehand, so that reading can stop at any row. `count`: all rows are
 * wanted, in no order; full-text subqueries may be collected into sets, which costs less than reading the stories.
 */
export type Purpose = 'list' | 'count'

/** Null where no index leaves any story out. */
export function accessPath(query: Query, context: PlanContext, purpose: Purpose): AccessPath | null {
  const found = toFts(query, context)
  if (found.none) return { sets: [], rank: 0, exact: true }
  if (found.match !== null) return { sets: [foundByText(found.match)], rank: 2, exact: found.exact }
  switch (query.type) {
    case 'filter':
      if (query.field === 'theme')
        return { sets: context.themes(query.value).map(tagged), rank: 1, exact: true }
      if (query.field === 'alert') return { sets: context.alerts(query.value).map(hit), rank: 0, exact: true }
      if (query.field === 'event') return { sets: [ofEvent(Number(query.value))], rank: 0, exact: true }
      if (!isSourceField(query.field) || purpose === 'list') return null
      return { sets: [ofSources(context.sources(query.field, query.value))], rank: 3, exact: true }
    case 'state':
      if (query.state === 'starred') return { sets: [marked('starred = 1')], rank: 0, exact: true }
      if (query.state === 'note') return { sets: [marked("note <> ''")], rank: 0, exact: true }
      return null
    case 'date': {
      const moment = momentOf(query, context)
      return moment === null ? null : { sets: [fetchedSince(moment)], rank: 0, exact: true }
    }
    case 'and': {
      const paths = query.of.flatMap((part) => accessPath(part, context, purpose) ?? [])
      const [first, ...rest] = paths
      if (first === undefined) return null
      return { ...rest.reduce((best, one) => (one.rank < best.rank ? one : best), first), exact: false }
    }
    case 'or':
    case 'any': {
      const paths = query.of.map((part) => accessPath(part, context, purpose)).filter((c) => c !== null)
      const sets = new Map(paths.flatMap((path) => path.sets).map((set) => [keyOf(set), set]))
      if (paths.length < query.of.length || sets.size > MOST_SETS) return null
      return {
        sets: [...sets.values()],
        rank: 3,
        exact: paths.every(({ exact }) => exact) && (query.type === 'or' || query.atLeast === 1),
      }
    }
    default:
      return null
  }
}

const keyOf = ({ from, where }: DocidSet): string =>
  JSON.stringify([from, where.text, where.params.map(String)])
/** SQLite merges at most 500. */
const MOST_SETS = 200

/** The moment (ms) of a `fetched:` filter that few stories pass; else null. */
function momentOf(filter: DateFilter, context: PlanContext): number | null {
  if (filter.op !== 'fetched') return null
  const { start } = rangeOf(filter.value, context.timeZone)
  return (context.fewFetchedSince?.(start) ?? null) === null ? null : start
}

/** All stories, newest first. */
export const STORIES: DocidSet = {
  column: 'story.docid',
  from: 'story',
  story: true,
  where: { text: '1', params: [] },
}
/** The stories that full text finds. */
export const foundByText = (match: string): DocidSet => ({
  column: 'story_words.rowid',
  from: 'story_words',
  story: false,
  where: { text: 'story_words MATCH ?', params: [match] },
})
const tagged = (theme: number): DocidSet => ({
  column: 'tag.docid',
  from: 'tag',
  story: false,
  where: { text: 'tag.theme_id = ?', params: [theme] },
})
const hit = (alert: number): DocidSet => ({
  column: 'story.docid',
  from: 'hit CROSS JOIN story ON story.id = hit.story_id',
  story: true,
  where: { text: 'hit.alert_id = ?', params: [alert] },
})
const ofEvent = (event: number): DocidSet => ({
  column: 'story_event.docid',
  from: 'story_event',
  story: false,
  where: { text: 'story_event.event = ?', params: [event] },
})
const marked = (test: string): DocidSet => ({
  column: 'story.docid',
  from: 'story_state CROSS JOIN story ON story.id = story_state.story_id',
  story: true,
  where: { text: `story_state.${test}`, params: [] },
})
const ofSources = (sources: readonly number[]): DocidSet => ({
  column: 'story.docid',
  from: 'story INDEXED BY story_source_docid',
  story: true,
  where: listed(sources, (ids) => `story.source_id IN (${ids})`),
})
const fetchedSince = (ms: number): DocidSet => ({
  column: 'story.docid',
  from: 'story INDEXED BY story_fetched',
  story: true,
  where: { text: 'story.fetched >= ?', params: [BigInt(ms)] },
})
