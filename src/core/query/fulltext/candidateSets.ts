import type { Near, Query, TextField, WordsTerm } from '../language/ast.ts'
import { entityConcepts } from '../match/subject.ts'
import type { FtsContext } from './context.ts'
import { toFts } from './toFts.ts'

/**
 * The candidates of a query, as ANDs and ORs of sets of stories: every match is among them, since they depend only on which
 * words occur, not on their positions. FTS5 can find the same with one expression (`toFts`), but for each row of an OR it
 * checks every alternative, and a theme's concepts have thousands of forms; looked up one by one they cost what is found.
 */
export type CandidateSet = typeof ALL | BoundedSet
/** A candidate set that is not the whole archive. */
export type BoundedSet =
  /** The stories that one of these MATCH expressions finds. Equal keys mean equal sets. `terms`: at least so many expressions. */
  | { readonly type: 'found'; readonly key: string; readonly terms: number; matches(): readonly string[] }
  | { readonly type: 'and' | 'or'; readonly of: readonly [BoundedSet, ...BoundedSet[]] }

const ALL = { type: 'all' } as const

/** @param context `wordsFrom` may list any number of words: each is looked up by itself */
export function candidateSet(
  query: Query,
  context: FtsContext,
  column: TextField | 'any' = 'any',
): CandidateSet {
  const inner = (part: Query): CandidateSet => candidateSet(part, context, column)
  switch (query.type) {
    case 'words':
      return found(`${column}:${JSON.stringify(query.words)}${query.exact}`, 1, () =>
        expanded(query, context, column),
      )
    case 'concept': {
      const forms = context.concepts.get(query.name)?.forms ?? []
      return found(`${column}:@${query.name}`, forms.length, () => [
        ...new Set(forms.flatMap((form) => expanded(form, context, column))),
      ])
    }
    case 'near': {
      const operands: Query[] = []
      let first: Near['left'] = query
      for (; first.type === 'near'; first = first.left) operands.push(first.right)
      return both([first, ...operands].map(inner))
    }
    case 'window':
      return both(query.words.map((word) => inner({ type: 'words', words: [word], exact: false })))
    case 'and':
      return both(query.of.map(inner))
    case 'any':
      return query.atLeast === query.of.length ? both(query.of.map(inner)) : either(query.of.map(inner))
    case 'or':
      return either(query.of.map(inner))
    case 'count':
      return inner(query.of)
    case 'field':
      return candidateSet(query.of, context, query.field)
    case 'not':
      return ALL
    default: {
      if (query.type === 'filter' && query.field === 'entity') {
        const names = entityConcepts(query.value, context)
        return names.length === 0
          ? found('', 0, () => [])
          : either(names.map((name) => inner({ type: 'concept', name })))
      }
      // The other filters are a keyword of the index, or unknown to full text.
      const { match, none } = toFts(inColumn(query, column), context)
      if (match === null) return ALL
      return found(match, 1, () => (none ? [] : [match]))
    }
  }
}

/** A term as MATCH expressions, one for each word that its wildcard stands for. */
function expanded(term: WordsTerm, context: FtsContext, column: TextField | 'any'): string[] {
  const last = term.words.at(-1)
  const endings = last?.prefix === true && !term.exact ? (context.wordsFrom?.(last.text) ?? null) : null
  const before = term.words.slice(0, -1)
  const terms =
    endings === null
      ? [term]
      : endings.map((text) => ({ ...term, words: [...before, { text, prefix: false }] }))
  // Each is one phrase (perhaps with the keyword of its form): toFts has nothing to expand.
  return terms.flatMap((one) => toFts(inColumn(one, column), { ...context, wordsFrom: unlisted }).match ?? [])
}

const unlisted = (): null => null
const inColumn = (query: Query, column: TextField | 'any'): Query =>
  column === 'any' ? query : { type: 'field', field: column, of: query }

function found(key: string, terms: number, list: () => readonly string[]): CandidateSet {
  let listed: readonly string[] | undefined
  return {
    type: 'found',
    key,
    terms,
    matches() {
      listed ??= list()
      return listed
    },
  }
}

function both(parts: readonly CandidateSet[]): CandidateSet {
  const [first, ...more] = parts.filter((part) => part.type !== 'all')
  if (first === undefined) return ALL
  return more.length === 0 ? first : { type: 'and', of: [first, ...more] }
}

function either(parts: readonly CandidateSet[]): CandidateSet {
  const [first, ...more] = parts.filter((part) => part.type !== 'all')
  if (first === undefined || more.length + 1 < parts.length) return ALL
  return more.length === 0 ? first : { type: 'or', of: [first, ...more] }
}
