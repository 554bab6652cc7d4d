import { type Query, QueryError } from './ast.ts'
import { walk } from './walk.ts'

/** What a query is for. Themes and alerts are kept and run on every story, so they may not use everything. */
export type Use = 'search' | 'theme' | 'alert' | 'match'

/** @throws QueryError where a theme or an alert uses what only a search may. */
export function checkUse(query: Query, use: Use): void {
  if (use === 'search' || use === 'match') return
  const name = use === 'theme' ? 'A theme' : 'An alert'
  walk(query, (node) => {
    const at = node.at ?? { start: 0, end: 0 }
    if (node.type === 'state' && node.state !== 'copy')
      throw new QueryError(`${name} may not depend on what you have read, starred or noted.`, at)
    if (node.type === 'filter' && node.field === 'alert')
      throw new QueryError(`${name} may not use alert:.`, at)
    // It is decided after the themes and alerts of a story.
    if (node.type === 'filter' && node.field === 'event')
      throw new QueryError(`${name} may not use event:.`, at)
    if (use !== 'theme') return
    if (node.type === 'filter' && node.field === 'theme')
      throw new QueryError('A theme may not use theme:.', at)
    if (node.type === 'date' && (node.op === 'within' || node.op === 'fetched'))
      throw new QueryError(`A theme holds for all times: it may not use ${node.op}:.`, at)
  })
  if (onlyNegations(query))
    throw new QueryError(
      `${name} must say what it looks for, not only what it leaves out.`,
      query.at ?? { start: 0, end: 0 },
    )
}

/** True if a story can match without having anything the query names. */
function onlyNegations(query: Query): boolean {
  switch (query.type) {
    case 'not':
      return !onlyNegations(query.of)
    case 'and':
      return query.of.every(onlyNegations)
    case 'or':
      return query.of.some(onlyNegations)
    case 'any':
      return query.of.filter(onlyNegations).length >= query.atLeast
    case 'field':
      return onlyNegations(query.of)
    default:
      return false
  }
}
