import type { Query } from './ast.ts'

/** Visits a query and all its parts, outside in. */
export function walk(query: Query, visit: (node: Query) => void): void {
  visit(query)
  switch (query.type) {
    case 'and':
    case 'or':
    case 'any':
      for (const member of query.of) walk(member, visit)
      return
    case 'not':
    case 'field':
    case 'count':
      walk(query.of, visit)
      return
    case 'near':
      walk(query.left, visit)
      walk(query.right, visit)
  }
}
