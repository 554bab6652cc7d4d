import type { Query, TextField, WordsTerm } from '../language/ast.ts'
import { entityConcepts } from '../match/subject.ts'
import { type FtsContext, toFts } from './toFts.ts'

/**
 * What stories a query can match, as arithmetic on sets of stories: a superset that looks at which words occur, not where
 * they stand. FTS5 could be asked the same in one expression (`toFts`), but for each row of an OR it looks at every
 * alternative, and a theme's concepts have thousands of forms; asked one by one they cost what is found.
 */
export type Narrowing = typeof ALL | Narrowed
export type Narrowed =
  /** Stories that one of these MATCH expressions finds; equal keys, equal sets. `terms`: at least so many there will be. */
  | { readonly type: 'found'; readonly key: string; readonly terms: number; matches(): readonly string[] }
  | { readonly type: 'and' | 'or'; readonly of: readonly [Narrowed, ...Narrowed[]] }

const ALL = { type: 'all' } as const

/** @param context `wordsFrom` may list as many words as it likes: each is asked for by itself */
export function narrowing(query: Query, context: FtsContext, column: TextField | 'any' = 'any'): Narrowing {
  const inner = (part: Query): Narrowing => narrowing(part, context, column)
  switch (query.type) {
    case 'words':
      return found(`${column}:${JSON.stringify(query.words)}${query.exact}`, 1, () =>
        spelledOut(query, context, column),
      )
    case 'concept': {
      const forms = context.concepts.get(query.name)?.forms ?? []
      return found(`${column}:@${query.name}`, forms.length, () => [
        ...new Set(forms.flatMap((form) => spelledOut(form, context, column))),
      ])
    }
    case 'near':
      return both([inner(query.left), inner(query.right)])
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
      return narrowing(query.of, context, query.field)
    case 'not':
      return ALL
    default: {
      if (query.type === 'filter' && query.field === 'entity') {
        const names = entityConcepts(query.value, context)
        return names.length === 0
          ? found('', 0, () => [])
          : either(names.map((name) => inner({ type: 'concept', name })))
      }
      // The other filters are a word of the index, or nothing that full text knows.
      const { match, none } = toFts(inColumn(query, column), context)
      if (match === null) return ALL
      return found(match, 1, () => (none ? [] : [match]))
    }
  }
}

/** A term as MATCH expressions, one for each word that its wildcard can stand for. */
function spelledOut(term: WordsTerm, context: FtsContext, column: TextField | 'any'): string[] {
  const last = term.words.at(-1)
  const endings = last?.prefix === true && !term.exact ? (context.wordsFrom?.(last.text) ?? null) : null
  const before = term.words.slice(0, -1)
  const terms =
    endings === null
      ? [term]
      : endings.map((text) => ({ ...term, words: [...before, { text, prefix: false }] }))
  // Each is one phrase (or says its case too): nothing is left for toFts to spell out.
  return terms.flatMap((one) => toFts(inColumn(one, column), { ...context, wordsFrom: unlisted }).match ?? [])
}

const unlisted = (): null => null
const inColumn = (query: Query, column: TextField | 'any'): Query =>
  column === 'any' ? query : { type: 'field', field: column, of: query }

function found(key: string, terms: number, list: () => readonly string[]): Narrowing {
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

function both(parts: readonly Narrowing[]): Narrowing {
  const [first, ...more] = parts.filter((part) => part.type !== 'all')
  if (first === undefined) return ALL
  return more.length === 0 ? first : { type: 'and', of: [first, ...more] }
}

function either(parts: readonly Narrowing[]): Narrowing {
  const [first, ...more] = parts.filter((part) => part.type !== 'all')
  if (first === undefined || more.length + 1 < parts.length) return ALL
  return more.length === 0 ? first : { type: 'or', of: [first, ...more] }
}
