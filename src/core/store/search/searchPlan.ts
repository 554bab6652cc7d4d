import { isSourceField } from '../../query/fulltext/context.ts'
import { apartFromExceptions, toFts } from '../../query/fulltext/toFts.ts'
import type { Query } from '../../query/language/ast.ts'
import {
  type AccessPath,
  accessPath,
  type DocidSet,
  foundByText,
  type Purpose,
  STORIES,
} from './accessPath.ts'
import { type Condition, docidRange, END, factCondition, membershipCondition } from './conditions.ts'
import type { PlanContext } from './planContext.ts'

/**
 * How a query is answered: candidates are the docids of `sets`, merged, with `from` ≤ docid < `to`, that pass all of `where`;
 * the matcher's evaluator decides what is left of the query (`residual`, the residual filter) on each of them. No sets: nothing
 * can match.
 */
export interface Plan {
  readonly from: number
  readonly to: number
  readonly sets: readonly DocidSet[]
  readonly where: readonly Condition[]
  readonly residual: Query | null
}

/** The plan of a query, for a list or for a count. */
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
    const test = leftToFullText(part, context) ? null : factCondition(part, context)
    if (test === null) open.push(part)
    else where.push({ part, test })
  }
  const rest = conjunction(open)
  const found = rest === null ? null : toFts(rest, context)
  if (from >= to || found?.none === true) return { from, to, sets: [], where: [], residual: null }
  let path: AccessPath | null
  if (found !== null && found.match !== null) {
    path = { sets: [foundByText(found.match)], rank: 0, exact: false }
    open = open.filter((part) => !decided(part, context))
  } else {
    // The best access path of any part; if it is exact, that part is decided by it.
    path = null
    let decidedByPath: Query | undefined
    for (const part of [...where.map((w) => w.part), ...open]) {
      const candidate = accessPath(part, context, purpose)
      if (candidate !== null && (path === null || candidate.rank < path.rank)) {
        path = candidate
        decidedByPath = candidate.exact ? part : undefined
      }
    }
    open = open.filter((part) => part !== decidedByPath)
    const again = where.findIndex((w) => w.part === decidedByPath)
    if (again >= 0) where.splice(again, 1)
  }
  const residual = open.filter((part) => {
    const test = purpose === 'count' ? membershipCondition(part, context) : null
    if (test !== null) where.push({ part, test })
    return test === null
  })
  return {
    from,
    to,
    sets: path === null ? [STORIES] : path.sets,
    where: where.map(({ test }) => test),
    residual: conjunction(residual),
  }
}

/** Plans that share no story and together find all matches; of most matches full text then decides, without the evaluator. */
export function plansToCount(query: Query, context: PlanContext): readonly Plan[] {
  const whole = planFor(query, context, 'count')
  if (whole.residual === null) return [whole]
  const texts = conjunction(
    (query.type === 'and' ? query.of : [query]).filter((part) => leftToFullText(part, context)),
  )
  const parts = texts === null ? null : apartFromExceptions(texts, context)
  if (parts === null) return [whole]
  return [
    { ...whole, sets: [foundByText(parts.decided)], residual: null },
    { ...whole, sets: [foundByText(parts.doubtful)] },
  ]
}

/** Whether a member of the conjunction is left to full text and the residual filter. */
function leftToFullText(part: Query, context: PlanContext): boolean {
  if (part.type === 'date') return false
  return keywordFirst(part, context) || factCondition(part, context) === null
}

function conjunction(parts: readonly Query[]): Query | null {
  if (parts.length <= 1) return parts[0] ?? null
  return { type: 'and', of: parts }
}

/** A filter on few sources is quicker as full text than as a condition. */
function keywordFirst(part: Query, context: PlanContext): boolean {
  return part.type === 'filter' && isSourceField(part.field) && toFts(part, context).exact
}

/** Whether full text alone decides a member of the conjunction. */
function decided(part: Query, context: PlanContext): boolean {
  return toFts(part.type === 'not' ? part.of : part, context).exact
}
