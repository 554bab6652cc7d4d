import type { TextField } from '../language/ast.ts'

/**
 * Part of a query as FTS5 sees it: a MATCH expression for a superset of its stories (`exact`: for just those), or everything,
 * which FTS5 has no expression for, or nothing.
 */
export type Part =
  | { readonly kind: 'some'; readonly match: string; readonly exact: boolean }
  | typeof ALL
  | typeof NONE
export const ALL = { kind: 'all', exact: false } as const
export const NONE = { kind: 'none', exact: true } as const

/** The column of the index that is searched: a field, or all of them. */
export type Column = TextField | 'any'

export const some = (match: string, exact: boolean): Part => ({ kind: 'some', match, exact })
export const inexact = (part: Part): Part => (part.kind === 'some' ? some(part.match, false) : part)

export function both(parts: readonly Part[]): Part {
  if (parts.some((part) => part.kind === 'none')) return NONE
  const limiting = parts.flatMap((part) => (part.kind === 'some' ? [part] : []))
  if (limiting.length === 0) return ALL
  return some(
    limiting.length === 1
      ? (limiting[0] as { match: string }).match
      : limiting.map((part) => `(${part.match})`).join(' AND '),
    limiting.length === parts.length && limiting.every((part) => part.exact),
  )
}

export function either(parts: readonly Part[]): Part {
  if (parts.some((part) => part.kind === 'all')) return ALL
  const possible = parts.flatMap((part) => (part.kind === 'some' ? [part] : []))
  if (possible.length === 0) return NONE
  return some(
    possible.length === 1
      ? (possible[0] as { match: string }).match
      : possible.map((part) => `(${part.match})`).join(' OR '),
    possible.every((part) => part.exact),
  )
}

export const inColumn = (column: Column, expression: string): string =>
  column === 'any' ? expression : `${column} : ${expression}`

/** An OR of expressions. */
export const anyOf = (expressions: readonly string[]): string =>
  expressions.length === 1 ? (expressions[0] as string) : `(${expressions.join(' OR ')})`
