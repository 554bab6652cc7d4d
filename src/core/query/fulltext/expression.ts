import type { TextField } from '../language/ast.ts'

/**
 * Part of a query as FTS5 sees it: a MATCH expression for a superset of its stories (`exact`: for just those), or everything,
 * which FTS5 has no expression for, or nothing.
 */
export type Part = Some | typeof ALL | typeof NONE
export const ALL = { kind: 'all', exact: false } as const
export const NONE = { kind: 'none', exact: true } as const

interface Some {
  readonly kind: 'some'
  readonly match: string
  readonly exact: boolean
  /** The members of an AND or OR, which a larger one takes in. */
  readonly joined?: { readonly by: 'AND' | 'OR'; readonly members: readonly string[] }
  /** How deep brackets are nested in it. */
  readonly depth: number
}

/**
 * FTS5's parser has a stack of 100 entries, and a bracket takes up to three. ANDs and ORs of any length are one level of
 * brackets; a part that is nested deeper than this is left out, which makes a superset.
 */
const DEEPEST = 18

/** True if larger expressions can take this part in. */
export const isShallow = (part: Part): boolean => part.kind !== 'some' || part.depth <= DEEPEST

/** The column of the index that is searched: a field, or all of them. */
export type Column = TextField | 'any'

/** A phrase or a NEAR of phrases, perhaps in a column, perhaps an OR of them in brackets. */
export const some = (match: string, exact: boolean): Part => ({ kind: 'some', match, exact, depth: 1 })
export const inexact = (part: Part): Part => (part.kind === 'some' ? { ...part, exact: false } : part)

export function both(parts: readonly Part[]): Part {
  if (parts.some((part) => part.kind === 'none')) return NONE
  const limiting = parts.flatMap((part) => (part.kind === 'some' && isShallow(part) ? [part] : []))
  const [first] = limiting
  if (first === undefined) return ALL
  const exact = limiting.length === parts.length && limiting.every((part) => part.exact)
  return limiting.length === 1 ? { ...first, exact } : join('AND', limiting, exact)
}

export function either(parts: readonly Part[]): Part {
  if (!parts.every((part) => part.kind !== 'all' && isShallow(part))) return ALL
  const possible = parts.flatMap((part) => (part.kind === 'some' ? [part] : []))
  const [first] = possible
  if (first === undefined) return NONE
  if (possible.length === 1) return first
  const exact = possible.every((part) => part.exact)
  return join('OR', possible, exact)
}

/** What a part finds without what the others do; of these, those that are no superset are excluded. */
export function without(kept: Part, others: readonly Part[]): Part {
  if (kept.kind !== 'some') return kept
  const some = others.filter((part) => part.kind !== 'none')
  const excluded = some.filter((part) => part.exact && isShallow(part))
  const out = either(excluded)
  const exact = kept.exact && excluded.length === some.length
  if (out.kind !== 'some') return { ...kept, exact }
  const depth = Math.max(kept.depth, out.depth) + 1
  return { kind: 'some', match: `(${kept.match}) NOT (${out.match})`, exact, depth }
}

function join(by: 'AND' | 'OR', parts: readonly Some[], exact: boolean): Some {
  const members = new Set<string>()
  let depth = 0
  for (const part of parts) {
    if (part.joined?.by === by) for (const member of part.joined.members) members.add(member)
    else members.add(part.depth > 1 ? `(${part.match})` : part.match)
    depth = Math.max(depth, part.joined?.by === by ? part.depth : part.depth + 1)
  }
  const all = [...members]
  return { kind: 'some', match: all.join(` ${by} `), exact, joined: { by, members: all }, depth }
}

export const inColumn = (column: Column, expression: string): string =>
  column === 'any' ? expression : `${column} : ${expression}`

/** An OR of expressions. */
export const anyOf = (expressions: readonly string[]): string =>
  expressions.length === 1 ? (expressions[0] as string) : `(${expressions.join(' OR ')})`
