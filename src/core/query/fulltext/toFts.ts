import type { Query } from '../language/ast.ts'
import { walk } from '../language/walk.ts'
import { type CompiledConcept, type ConceptBook, entityConcepts } from '../match/subject.ts'
import type { FtsContext } from './context.ts'
import {
  ALL,
  both,
  type Column,
  either,
  inexact,
  isShallow,
  NONE,
  type Part,
  some,
  without,
} from './expression.ts'
import { authorIsWhole, authorKeyword, languageKeyword, siteKeyword, sourceKeyword } from './indexEntry.ts'
import { near, window } from './near.ts'
import { concepts, term } from './terms.ts'

/** A query as full text. */
export interface FtsQuery {
  /** A MATCH expression that finds every story that the query matches; null where FTS5 cannot leave any out. */
  readonly match: string | null
  /** True if it finds no other story, so that no residual filter is needed. */
  readonly exact: boolean
  /** True if the query matches no story; `match` then finds none. */
  readonly none: boolean
}

/**
 * Translates a query into full text. FTS5 expresses exactly: words, prefixes, phrases, AND, OR, NOT of what it expresses
 * exactly, and NEAR in either order between terms that cannot overlap. The rest (ONEAR, chained NEAR, counts, exact case,
 * state, tags, dates) becomes a superset, which the evaluator filters. A person's text reaches MATCH only as folded words in
 * double quotes.
 */
export function toFts(query: Query, context: FtsContext): FtsQuery {
  const part = wholly(query, context)
  if (part.kind === 'none') return { match: `"${sourceKeyword(0)}"`, exact: true, none: true }
  if (part.kind === 'all') return { match: null, exact: false, none: false }
  return { match: part.match, exact: part.exact, none: false }
}

/** A query as one part; exact only where a larger expression can take it in as it is. */
function wholly(query: Query, context: FtsContext): Part {
  const part = translate(query, context, 'any')
  return isShallow(part) ? part : inexact(part)
}

/**
 * Splits a query that full text would express exactly but for the exceptions of its concepts ("Michael Jordan" is not
 * @jordan). Null where it would not.
 * @returns `decided` finds the matches in which no exception occurs, `doubtful` a superset of the other matches
 */
export function apartFromExceptions(
  query: Query,
  context: FtsContext,
): { decided: string; doubtful: string } | null {
  const names = new Set<string>()
  walk(query, (node) => {
    if (node.type === 'concept') names.add(node.name)
    else if (node.type === 'filter' && node.field === 'entity')
      for (const name of entityConcepts(node.value, context)) names.add(name)
  })
  const plain = new Map<string, CompiledConcept>()
  const exceptions: Part[] = []
  for (const name of names) {
    const concept = context.concepts.get(name)
    if (concept === undefined || concept.except.length === 0) continue
    plain.set(name, { ...concept, except: [] })
    for (const form of concept.except) exceptions.push(term(form, context, 'any'))
  }
  const out = either(exceptions)
  const withoutExceptions: ConceptBook = {
    get: (name) => plain.get(name) ?? context.concepts.get(name),
    has: (name) => context.concepts.has(name),
    keys: () => context.concepts.keys(),
  }
  const found = wholly(query, { ...context, concepts: withoutExceptions })
  // Exceptions are rare: to evaluate their stories is quicker than to look up pairs, most of which find nothing.
  const all = wholly(query, { ...context, mostPairs: 0 })
  if (out.kind !== 'some' || found.kind !== 'some' || !found.exact || all.kind !== 'some') return null
  if (!isShallow(all) || !isShallow(out)) return null
  return { decided: `(${found.match}) NOT (${out.match})`, doubtful: `(${all.match}) AND (${out.match})` }
}

function translate(query: Query, context: FtsContext, column: Column): Part {
  switch (query.type) {
    case 'words':
      return term(query, context, column)
    case 'concept':
      return concepts([query.name], context, column)
    case 'near':
      return near(query, context, column)
    case 'window':
      return window(query, column)
    case 'count': {
      const of = translate(query.of, context, column)
      return query.atLeast === 1 ? of : inexact(of)
    }
    case 'any':
      return any(
        query.of.map((member) => translate(member, context, column)),
        query.atLeast,
      )
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
          return some(`"${languageKeyword(query.value)}"`, true)
        case 'site':
          return some(`"${siteKeyword(query.value)}"`, true)
        case 'author':
          return some(`"${authorKeyword(query.value)}"`, authorIsWhole(query.value))
        case 'entity':
          return concepts(entityConcepts(query.value, context), context, column)
        case 'theme':
        case 'alert':
        case 'event':
          return ALL
        default: {
          const ids = context.sources(query.field, query.value)
          if (ids.length === 0) return NONE
          if (ids.length > FEW_SOURCES) return ALL
          return some(`(${ids.map((id) => `"${sourceKeyword(id)}"`).join(' OR ')})`, true)
        }
      }
    case 'state':
    case 'date':
      return ALL
  }
}

function any(members: readonly Part[], atLeast: number): Part {
  if (atLeast === 1) return either(members)
  if (atLeast === members.length) return both(members)
  const chosen = combinations(members.length, atLeast)
  // Members stand in many combinations: nested lists would grow without end.
  const longest = Math.max(...members.map((part) => (part.kind === 'some' ? part.match.length : 0)))
  if (chosen === undefined || chosen.length * atLeast * longest > LONGEST_COMBINED)
    return inexact(either(members))
  return either(chosen.map((indexes) => both(indexes.map((i) => members[i] as Part))))
}

/** All ways to choose `size` of `count` things, or undefined where they are too many. */
function combinations(count: number, size: number): number[][] | undefined {
  let ways = 1
  for (let i = 0; i < size; i++) {
    ways = (ways * (count - i)) / (i + 1)
    if (ways * size > MOST_COMBINED) return undefined
  }
  const all: number[][] = []
  const choose = (from: number, chosen: readonly number[]): void => {
    if (chosen.length === size) all.push([...chosen])
    else for (let i = from; i < count; i++) choose(i + 1, [...chosen, i])
  }
  choose(0, [])
  return all
}

/** What must occur, NOT what is excluded where FTS5 expresses that exactly. */
function and(members: readonly Query[], context: FtsContext, column: Column): Part {
  const wanted = members.filter((member) => member.type !== 'not')
  const kept = both(wanted.map((member) => translate(member, context, column)))
  if (kept.kind !== 'some') return kept
  return without(
    kept,
    members.flatMap((member) => (member.type === 'not' ? [translate(member.of, context, column)] : [])),
  )
}

/** Above so many words in all combinations of an ANY, a superset and the evaluator are cheaper. */
const MOST_COMBINED = 1024
/** The same in characters. */
const LONGEST_COMBINED = 65_536
/** With more sources, an OR of their keywords costs more than checking the source of what the rest of the query finds. */
const FEW_SOURCES = 8
