import type { Query, TextField, ValueField, WordsTerm } from './ast.ts'
import { languageFacet, siteFacet, sourceFacet } from './facets.ts'
import type { ConceptBook } from './subject.ts'
import { words } from './words.ts'

/**
 * A query as FTS5 can ask it. `match` is a MATCH expression that every matching story satisfies (null: FTS5 cannot
 * narrow at all); `exact` says that no other story does, so that the evaluator need not be asked.
 */
export interface FtsQuery {
  readonly match: string | null
  readonly exact: boolean
}

export interface FtsContext {
  readonly concepts: ConceptBook
  /** Ids of the sources for which a filter holds (`source: country: bloc: kind:`). */
  sources(field: ValueField, value: string): readonly number[]
}

/** A set of stories as FTS5 sees it: a superset of the query's (`exact`: the same set), or everything, or nothing. */
type Part =
  | { readonly kind: 'some'; readonly match: string; readonly exact: boolean }
  | typeof ALL
  | typeof NONE
const ALL = { kind: 'all', exact: false } as const
const NONE = { kind: 'none', exact: true } as const

type Column = TextField | 'any'

/**
 * Translates a query. FTS5 says words, prefixes, phrases, AND, OR, and NOT of what it can say exactly; the rest
 * (NEAR in all its forms, counts, ANY, exact case, state, tags, dates) becomes a superset that the evaluator decides.
 * A person's text reaches MATCH only as folded words in double quotes.
 */
export function toFts(query: Query, context: FtsContext): FtsQuery {
  const part = translate(query, context, 'any')
  if (part.kind === 'none') return { match: `facets : "${sourceFacet(0)}"`, exact: true }
  return part.kind === 'all' ? { match: null, exact: false } : { match: part.match, exact: part.exact }
}

function translate(query: Query, context: FtsContext, column: Column): Part {
  switch (query.type) {
    case 'words':
      return some(inColumn(column, phrase(query)), saysExactly(query))
    case 'concept': {
      const concept = context.concepts.get(query.name)
      const forms = concept?.forms ?? []
      if (forms.length === 0) return NONE
      const exact = (concept?.except.length ?? 0) === 0 && forms.every(saysExactly)
      return some(inColumn(column, `(${forms.map(phrase).join(' OR ')})`), exact)
    }
    case 'near':
      return inexact(both([translate(query.left, context, column), translate(query.right, context, column)]))
    case 'window':
      return inexact(
        both(
          query.words.map((word) =>
            translate({ type: 'words', words: [word], exact: false }, context, column),
          ),
        ),
      )
    case 'count': {
      const of = translate(query.of, context, column)
      return query.atLeast === 1 ? of : inexact(of)
    }
    case 'any': {
      const members = query.of.map((member) => translate(member, context, column))
      return query.atLeast === 1
        ? either(members)
        : query.atLeast === members.length
          ? both(members)
          : inexact(either(members))
    }
    case 'and':
      return and(query.of, context, column)
    case 'or':
      return either(query.of.map((member) => translate(member, context, column)))
    case 'not':
      return ALL
    case 'field':
      return translate(query.of, context, query.field)
    case 'filter':
      switch (query.field) {
        case 'lang':
          return some(`facets : "${languageFacet(query.value)}"`, true)
        case 'site':
          return some(`facets : "${siteFacet(query.value)}"`, true)
        case 'source':
        case 'country':
        case 'bloc':
        case 'kind': {
          const ids = context.sources(query.field, query.value)
          return ids.length === 0
            ? NONE
            : some(`facets : (${ids.map((id) => `"${sourceFacet(id)}"`).join(' OR ')})`, true)
        }
        default:
          return ALL
      }
    case 'state':
    case 'date':
      return ALL
  }
}

/** What must occur, less what FTS5 can say exactly must not. */
function and(members: readonly Query[], context: FtsContext, column: Column): Part {
  const wanted = members.filter((member) => member.type !== 'not')
  const kept = both(wanted.map((member) => translate(member, context, column)))
  if (kept.kind !== 'some') return kept.kind === 'all' ? ALL : NONE
  let { match, exact } = kept
  for (const member of members) {
    if (member.type !== 'not') continue
    const out = translate(member.of, context, column)
    if (out.kind === 'none') continue
    if (out.kind === 'some' && out.exact) match = `(${match}) NOT (${out.match})`
    else exact = false
  }
  return some(match, exact)
}

const some = (match: string, exact: boolean): Part => ({ kind: 'some', match, exact })
const inexact = (part: Part): Part => (part.kind === 'some' ? some(part.match, false) : part)

function both(parts: readonly Part[]): Part {
  if (parts.some((part) => part.kind === 'none')) return NONE
  const narrowing = parts.flatMap((part) => (part.kind === 'some' ? [part] : []))
  if (narrowing.length === 0) return ALL
  return some(
    narrowing.length === 1
      ? (narrowing[0] as { match: string }).match
      : narrowing.map((part) => `(${part.match})`).join(' AND '),
    narrowing.length === parts.length && narrowing.every((part) => part.exact),
  )
}

function either(parts: readonly Part[]): Part {
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

const inColumn = (column: Column, expression: string): string =>
  column === 'any' ? `{title summary text} : ${expression}` : `${column} : ${expression}`

/** Whether `phrase` finds just the term: not its case, and not a wildcard inside a phrase. */
function saysExactly({ words, exact }: WordsTerm): boolean {
  return !exact && words.every(({ prefix }, i) => !prefix || i === words.length - 1)
}

/**
 * A phrase of folded words. FTS5 takes a prefix only at the end of a phrase: a wildcard elsewhere becomes an AND of its
 * words, which the caller must treat as a superset (see `saysExactly`).
 */
function phrase(term: WordsTerm): string {
  const folded = term.words.map(({ text, prefix }) => ({
    text: term.exact ? (words(text).folded[0] ?? text) : text,
    prefix,
  }))
  const last = folded.length - 1
  if (folded.every(({ prefix }, i) => !prefix || i === last))
    return `"${folded.map(({ text }) => text).join(' ')}"${folded[last]?.prefix ? ' *' : ''}`
  return `(${folded.map(({ text, prefix }) => `"${text}"${prefix ? ' *' : ''}`).join(' AND ')})`
}
