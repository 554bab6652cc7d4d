import { rangeOf } from '../../localTime.ts'
import { type FtsContext, isSourceField } from '../../query/fulltext/context.ts'
import { apartFromExceptions, toFts } from '../../query/fulltext/toFts.ts'
import type { DateFilter, Query } from '../../query/language/ast.ts'
import { secondsOf } from '../../query/match/filters.ts'
import { PER_SECOND } from '../docid.ts'

/** A condition on a story: `$docid` stands for its docid, `story.` for its row. */
export interface Condition {
  readonly text: string
  readonly params: readonly (string | number | bigint)[]
}

/** A set of docids: `column` of the rows of `from` for which `where` holds; `story` where `from` has the story's row. */
export interface DocidSet {
  readonly column: string
  readonly from: string
  readonly story: boolean
  readonly where: Condition
}

/** What a plan needs to know of the archive. Rows of themes and alerts that a value stands for may be none. */
export interface PlanContext extends FtsContext {
  readonly now: number
  readonly timeZone: string
  themes(key: string): readonly number[]
  alerts(name: string): readonly number[]
  /** The first and last docid of what was fetched since then (ms), or null where that is more than a few. */
  fewFetchedSince?(ms: number): { first: number; last: number } | null
}

/**
 * How a query is answered: docids come newest first from `sets`, merged, inside `from` ≤ docid < `to`; stories must pass
 * all of `where`; what is left of the query (`residual`) the matcher's evaluator decides on the story itself. No sets:
 * nothing can match.
 */
export interface Plan {
  readonly from: number
  readonly to: number
  readonly sets: readonly DocidSet[]
  readonly where: readonly Condition[]
  readonly residual: Query | null
}

/** More than any docid. */
const END = Number.MAX_SAFE_INTEGER

/**
 * `list`: rows come in order and nothing is collected beforehand, so that reading can stop at any row. `count`: all rows
 * are wanted, in no order; full-text subqueries may be collected into sets, which costs less than reading the stories.
 */
export type Purpose = 'list' | 'count'

export function planFor(query: Query, context: PlanContext, purpose: Purpose): Plan {
  let from = 0
  let to = END
  const where: { part: Query; test: Condition }[] = []
  let open: Query[] = []
  for (const part of query.type === 'and' ? query.of : [query]) {
    if (part.type === 'date') {
      const range = docidRange(part, context)
      from = Math.max(from, range.from)
      to = Math.min(to, range.to)
      if (part.op !== 'fetched') continue
    }
    const test = textual(part, context) ? null : fact(part, context)
    if (test === null) open.push(part)
    else where.push({ part, test })
  }
  const asked = conjunction(open)
  const found = asked === null ? null : toFts(asked, context)
  if (from >= to || found?.none === true) return { from, to, sets: [], where: [], residual: null }
  let cover: Cover | null
  if (found !== null && found.match !== null) {
    cover = { sets: [matching(found.match)], rank: 0, exact: false }
    open = open.filter((part) => !decided(part, context))
  } else {
    // The smallest set that holds all matches; the part that is just that set need not be tested again.
    cover = null
    let covered: Query | undefined
    for (const part of [...where.map((w) => w.part), ...open]) {
      const candidate = coverOf(part, context, purpose)
      if (candidate !== null && (cover === null || candidate.rank < cover.rank)) {
        cover = candidate
        covered = candidate.exact ? part : undefined
      }
    }
    open = open.filter((part) => part !== covered)
    const again = where.findIndex((w) => w.part === covered)
    if (again >= 0) where.splice(again, 1)
  }
  const residual = open.filter((part) => {
    const test = purpose === 'count' ? membership(part, context) : null
    if (test !== null) where.push({ part, test })
    return test === null
  })
  return {
    from,
    to,
    sets: cover === null ? [STORIES] : cover.sets,
    where: where.map(({ test }) => test),
    residual: conjunction(residual),
  }
}

/** Plans that share no story and together find all matches: what full text can decide of them needs no evaluator. */
export function plansToCount(query: Query, context: PlanContext): readonly Plan[] {
  const whole = planFor(query, context, 'count')
  if (whole.residual === null) return [whole]
  const texts = conjunction(
    (query.type === 'and' ? query.of : [query]).filter((part) => textual(part, context)),
  )
  const parts = texts === null ? null : apartFromExceptions(texts, context)
  if (parts === null) return [whole]
  return [
    { ...whole, sets: [matching(parts.decided)], residual: null },
    { ...whole, sets: [matching(parts.doubtful)] },
  ]
}

/** Whether a member of the conjunction is left to full text and the evaluator. */
function textual(part: Query, context: PlanContext): boolean {
  if (part.type === 'date') return false
  return keywordFirst(part, context) || fact(part, context) === null
}

function conjunction(parts: readonly Query[]): Query | null {
  if (parts.length <= 1) return parts[0] ?? null
  return { type: 'and', of: parts }
}

/** A filter on few sources is quicker as full text than as a condition. */
function keywordFirst(part: Query, context: PlanContext): boolean {
  return part.type === 'filter' && isSourceField(part.field) && toFts(part, context).exact
}

/** Whether a member of the conjunction that full text was asked for is answered by that alone. */
function decided(part: Query, context: PlanContext): boolean {
  return toFts(part.type === 'not' ? part.of : part, context).exact
}

function docidRange(filter: DateFilter, context: PlanContext): { from: number; to: number } {
  if (filter.op === 'fetched') {
    // What was fetched lately was mostly published lately: late comers set the limit.
    const few = context.fewFetchedSince?.(rangeOf(filter.value, context.timeZone).start) ?? null
    return few === null ? { from: 0, to: END } : { from: few.first, to: few.last + 1 }
  }
  const { from, to } = secondsOf(filter, context)
  const docid = (second: number): number => Math.min(Math.max(second, 0) * PER_SECOND, END)
  return { from: docid(from), to: docid(to) }
}

/** A query as a condition on a story's row, or null where it says something of the text. */
function fact(query: Query, context: PlanContext): Condition | null {
  return condition(query, context, (part) => fact(part, context))
}

/** Like `fact`, with parts that full text says exactly as sets it collects. */
function membership(query: Query, context: PlanContext): Condition | null {
  const known = condition(query, context, (part) => membership(part, context))
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
      return fact(query.of, context)
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
  return { text: `(${all.map((p) => p.text).join(by)})`, params: all.flatMap((p) => p.params) }
}

/** Row ids are ours, whole numbers: they stand in the SQL as they are. */
function listed(ids: readonly number[], text: (ids: string) => string): Condition {
  return ids.length === 0 ? NOTHING : { text: text(ids.map(Math.trunc).join(', ')), params: [] }
}

/** Sets of docids that hold every match (`exact`: and nothing else); a lower rank is likely the smaller. */
interface Cover {
  readonly sets: readonly DocidSet[]
  readonly rank: number
  readonly exact: boolean
}

function coverOf(query: Query, context: PlanContext, purpose: Purpose): Cover | null {
  const found = toFts(query, context)
  if (found.none) return { sets: [], rank: 0, exact: true }
  if (found.match !== null) return { sets: [matching(found.match)], rank: 2, exact: found.exact }
  switch (query.type) {
    case 'filter':
      if (query.field === 'theme')
        return { sets: context.themes(query.value).map(tagged), rank: 1, exact: true }
      if (query.field === 'alert') return { sets: context.alerts(query.value).map(hit), rank: 0, exact: true }
      if (!isSourceField(query.field) || purpose === 'list') return null
      return { sets: [ofSources(context.sources(query.field, query.value))], rank: 3, exact: true }
    case 'state':
      if (query.state === 'starred') return { sets: [marked('starred = 1')], rank: 0, exact: true }
      if (query.state === 'note') return { sets: [marked("note <> ''")], rank: 0, exact: true }
      return null
    case 'date': {
      const { start } = rangeOfFetched(query, context)
      return start === null ? null : { sets: [fetchedSince(start)], rank: 0, exact: true }
    }
    case 'and': {
      const covers = query.of.flatMap((part) => coverOf(part, context, purpose) ?? [])
      const [first, ...rest] = covers
      if (first === undefined) return null
      return { ...rest.reduce((best, one) => (one.rank < best.rank ? one : best), first), exact: false }
    }
    case 'or':
    case 'any': {
      const covers = query.of.map((part) => coverOf(part, context, purpose)).filter((c) => c !== null)
      if (covers.length < query.of.length) return null
      return {
        sets: covers.flatMap(({ sets }) => sets),
        rank: 3,
        exact: covers.every(({ exact }) => exact) && (query.type === 'or' || query.atLeast === 1),
      }
    }
    default:
      return null
  }
}

/** The moment of a `fetched:` filter that leaves few stories. */
function rangeOfFetched(filter: DateFilter, context: PlanContext): { start: number | null } {
  if (filter.op !== 'fetched') return { start: null }
  const { start } = rangeOf(filter.value, context.timeZone)
  return { start: (context.fewFetchedSince?.(start) ?? null) === null ? null : start }
}

const STORIES: DocidSet = {
  column: 'story.docid',
  from: 'story',
  story: true,
  where: { text: '1', params: [] },
}
const matching = (match: string): DocidSet => ({
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
