import type {
  Near,
  Query,
  Term,
  TermGroup,
  TermWord,
  TextField,
  ValueField,
  Window,
  WordsTerm,
} from '../language/ast.ts'
import { walk } from '../language/use.ts'
import { isUnusual } from '../match/spelling.ts'
import { type EvaluationContext, entityConcepts } from '../match/subject.ts'
import { foldedForm } from '../words/words.ts'
import { authorFacet, authorIsWhole, formFacet, languageFacet, siteFacet, sourceFacet } from './facets.ts'

/**
 * A query as FTS5 can ask it. `match` is a MATCH expression that every matching story satisfies (null: FTS5 cannot
 * narrow at all); `exact` says that no other story does, so that the evaluator need not be asked; `none` that there is
 * none (`match` then finds nothing).
 */
export interface FtsQuery {
  readonly match: string | null
  readonly exact: boolean
  readonly none: boolean
}

export interface FtsContext extends Pick<EvaluationContext, 'concepts' | 'entities'> {
  /** Ids of the sources for which a filter holds (`source: country: bloc: kind:`). */
  sources(field: SourceField, value: string): readonly number[]
  /** The words of the archive that begin so; null where they are too many to list, or not known. */
  wordsFrom?(prefix: string): readonly string[] | null
  /** How many pairs a NEAR of groups is spelled out into at most; else it becomes a superset. */
  readonly mostPairs?: number
}

export type SourceField = Extract<ValueField, 'source' | 'country' | 'bloc' | 'kind'>
export const isSourceField = (field: ValueField): field is SourceField =>
  field === 'source' || field === 'country' || field === 'bloc' || field === 'kind'

/** A set of stories as FTS5 sees it: a superset of the query's (`exact`: the same set), or everything, or nothing. */
type Part =
  | { readonly kind: 'some'; readonly match: string; readonly exact: boolean }
  | typeof ALL
  | typeof NONE
const ALL = { kind: 'all', exact: false } as const
const NONE = { kind: 'none', exact: true } as const

type Column = TextField | 'any'

/** How many NEAR pairs or ANY combinations are spelled out before a superset and the evaluator are cheaper. */
const SPELLED_OUT = 256
/** A chain as a whole only narrows what its links found already. */
const MOST_CHAINS = 32
/** With more sources, an OR of their facets costs more than looking at the source of what the rest of a query finds. */
const FEW_SOURCES = 8

/**
 * Translates a query. FTS5 says words, prefixes, phrases, AND, OR, NOT of what it can say exactly, and NEAR in either
 * order between terms that cannot overlap; the rest (ONEAR, chained NEAR, counts, exact case, state, tags, dates) becomes
 * a superset that the evaluator decides. A person's text reaches MATCH only as folded words in double quotes.
 */
export function toFts(query: Query, context: FtsContext): FtsQuery {
  const part = translate(query, context, 'any')
  if (part.kind === 'none') return { match: `"${sourceFacet(0)}"`, exact: true, none: true }
  if (part.kind === 'all') return { match: null, exact: false, none: false }
  return { match: part.match, exact: part.exact, none: false }
}

/**
 * For a query that full text would say exactly but for the exceptions of its concepts ("Michael Jordan" is not @jordan):
 * `decided` finds the matches in which no exception occurs, `doubtful` a superset of the others.
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
  const plain = new Map(context.concepts)
  const exceptions: Part[] = []
  for (const name of names) {
    const concept = context.concepts.get(name)
    if (concept === undefined || concept.except.length === 0) continue
    plain.set(name, { ...concept, except: [] })
    for (const form of concept.except) exceptions.push(term(form, context, 'any'))
  }
  const out = either(exceptions)
  const found = toFts(query, { ...context, concepts: plain })
  // The exceptions are few: pairs that mostly find nothing would take longer than looking at their stories.
  const all = toFts(query, { ...context, mostPairs: 0 })
  if (out.kind !== 'some' || !found.exact || found.match === null || all.match === null) return null
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
          return some(`"${languageFacet(query.value)}"`, true)
        case 'site':
          return some(`"${siteFacet(query.value)}"`, true)
        case 'author':
          return some(`"${authorFacet(query.value)}"`, authorIsWhole(query.value))
        case 'entity':
          return concepts(entityConcepts(query.value, context), context, column)
        case 'theme':
        case 'alert':
          return ALL
        default: {
          const ids = context.sources(query.field, query.value)
          if (ids.length === 0) return NONE
          if (ids.length > FEW_SOURCES) return ALL
          return some(`(${ids.map((id) => `"${sourceFacet(id)}"`).join(' OR ')})`, true)
        }
      }
    case 'state':
    case 'date':
      return ALL
  }
}

function term(query: WordsTerm, context: FtsContext, column: Column): Part {
  const phrases = spellings(query, context)
  if (phrases.length === 0) return NONE
  const found = some(inColumn(column, anyOf(phrases)), saysExactly(query))
  if (!query.exact) return found
  const forms = query.words.flatMap(({ text, prefix }) =>
    !prefix && isUnusual(text, foldedForm(text)) ? [formFacet(text)] : [],
  )
  const [only] = forms
  if (only === undefined) return found
  // The facet says that the story has the form somewhere: for a word in any field that is all.
  if (query.words.length === 1 && column === 'any') return some(`"${only}"`, true)
  return both([found, ...forms.map((form) => some(`"${form}"`, true))])
}

function concepts(names: readonly string[], context: FtsContext, column: Column): Part {
  return either(
    names.map((name) => {
      const concept = context.concepts.get(name)
      const all = either((concept?.forms ?? []).map((form) => term(form, context, column)))
      return (concept?.except.length ?? 0) === 0 ? all : inexact(all)
    }),
  )
}

/**
 * FTS5's NEAR asks only that few words stand between, so it is ours where the terms cannot overlap, and a superset
 * elsewhere. Groups, concepts and wildcards are spelled out pair by pair.
 */
function near(query: Near, context: FtsContext, column: Column): Part {
  const most = context.mostPairs ?? SPELLED_OUT
  const loose = (): Part =>
    inexact(both([translate(query.left, context, column), translate(query.right, context, column)]))
  if (query.left.type === 'near') {
    const { operands, distance } = chain(query)
    const wholes = combined(operands, distance, Math.min(MOST_CHAINS, most), context)
    if (wholes === null) return loose()
    return inexact(both([near(query.left, context, column), anyNear(wholes, column)]))
  }
  const pairs = combined([query.left, query.right], query.distance, most, context)
  if (pairs === null) return loose()
  const left = alternatives(query.left, context)
  const right = alternatives(query.right, context)
  const exact =
    left.exact &&
    right.exact &&
    !query.ordered &&
    left.terms.every((l) => right.terms.every((r) => saysExactly(l) && saysExactly(r) && apart(l, r)))
  return exact ? anyNear(pairs, column) : inexact(anyNear(pairs, column))
}

const anyNear = (expressions: readonly string[], column: Column): Part =>
  expressions.length === 0 ? NONE : some(inColumn(column, anyOf(expressions)), true)

/** The operands of a chain of NEARs, and how many words may stand between them in all. */
function chain(query: Near): { operands: (Term | TermGroup)[]; distance: number } {
  if (query.left.type !== 'near') return { operands: [query.left, query.right], distance: query.distance }
  const { operands, distance } = chain(query.left)
  return { operands: [...operands, query.right], distance: distance + query.distance }
}

/**
 * What stands near in each way to choose one term of each operand, at most `most`; null where there are more ways, or terms
 * that are no phrase. FTS5 counts what stands between the first and the last, so the terms between them too.
 */
function combined(
  operands: readonly (Term | TermGroup)[],
  distance: number,
  most: number,
  context: FtsContext,
): string[] | null {
  let ways: { phrases: readonly string[]; words: number }[] = [{ phrases: [], words: 0 }]
  for (const operand of operands) {
    const { terms } = alternatives(operand, context)
    if (!terms.every(inOnePiece)) return null
    const spelled = terms.flatMap((term) =>
      spellings(term, context).map((phrase) => ({ phrase, words: term.words.length })),
    )
    if (ways.length * spelled.length > most) return null
    ways = ways.flatMap((way) =>
      spelled.map(({ phrase, words }) => ({
        phrases: [...way.phrases, phrase],
        words: way.words + words,
      })),
    )
  }
  return ways.map(({ phrases, words }) => {
    const between = operands.length === 2 ? distance : distance + words - 2
    return `NEAR(${phrases.join(' ')}, ${between})`
  })
}

/** The terms an operand may stand for; `exact` where an occurrence of one of them always counts. */
function alternatives(
  operand: Term | TermGroup,
  context: FtsContext,
): { terms: readonly WordsTerm[]; exact: boolean } {
  if (operand.type === 'words') return { terms: [operand], exact: true }
  if (operand.type === 'concept') {
    const concept = context.concepts.get(operand.name)
    return { terms: concept?.forms ?? [], exact: (concept?.except.length ?? 0) === 0 }
  }
  const members = operand.of.map((member) => alternatives(member, context))
  return { terms: members.flatMap(({ terms }) => terms), exact: members.every(({ exact }) => exact) }
}

/** All words in a span with at most `distance` others: FTS5 counts what stands between the first and the last. */
function window(query: Window, column: Column): Part {
  const terms = query.words.map((word): WordsTerm => ({ type: 'words', words: [word], exact: false }))
  const exact = terms.every((term, i) => terms.slice(i + 1).every((other) => apart(term, other)))
  const between = query.distance + terms.length - 2
  return some(inColumn(column, `NEAR(${terms.map((word) => phrase(word)).join(' ')}, ${between})`), exact)
}

function any(members: readonly Part[], atLeast: number): Part {
  if (atLeast === 1) return either(members)
  if (atLeast === members.length) return both(members)
  const chosen = combinations(members.length, atLeast)
  if (chosen === undefined) return inexact(either(members))
  return either(chosen.map((indexes) => both(indexes.map((i) => members[i] as Part))))
}

/** All ways to choose `size` of `count` things, or undefined where they are too many. */
function combinations(count: number, size: number): number[][] | undefined {
  let ways = 1
  for (let i = 0; i < size; i++) {
    ways = (ways * (count - i)) / (i + 1)
    if (ways * size > SPELLED_OUT * 4) return undefined
  }
  const all: number[][] = []
  const choose = (from: number, chosen: readonly number[]): void => {
    if (chosen.length === size) all.push([...chosen])
    else for (let i = from; i < count; i++) choose(i + 1, [...chosen, i])
  }
  choose(0, [])
  return all
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
  column === 'any' ? expression : `${column} : ${expression}`

/** Whether a term is one FTS5 phrase: a wildcard only at its end. */
const inOnePiece = ({ words }: WordsTerm): boolean =>
  words.every(({ prefix }, i) => !prefix || i === words.length - 1)

/** Whether `phrase` finds just the term: not its case, and not a wildcard inside a phrase. */
const saysExactly = (term: WordsTerm): boolean => !term.exact && inOnePiece(term)

/** Whether no word of a text can belong to both terms, so that their occurrences never overlap. */
function apart(a: WordsTerm, b: WordsTerm): boolean {
  return a.words.every((x) => b.words.every((y) => !mayBeSame(x, y)))
}

function mayBeSame(a: TermWord, b: TermWord): boolean {
  if (a.prefix && b.prefix) return a.text.startsWith(b.text) || b.text.startsWith(a.text)
  if (a.prefix) return b.text.startsWith(a.text)
  if (b.prefix) return a.text.startsWith(b.text)
  return a.text === b.text
}

/** A term as phrases of which one must occur: a wildcard at its end as the words of the archive, where they are few. */
function spellings(term: WordsTerm, context: FtsContext): readonly string[] {
  const last = term.words.at(-1)
  if (last?.prefix !== true) return [phrase(term)]
  const begun = term.exact ? foldedForm(last.text) : last.text
  const endings = context.wordsFrom?.(begun) ?? null
  if (endings === null) return [phrase(term)]
  const before = term.words.slice(0, -1)
  return endings.map((text) => phrase({ ...term, words: [...before, { text, prefix: false }] }))
}

const anyOf = (expressions: readonly string[]): string =>
  expressions.length === 1 ? (expressions[0] as string) : `(${expressions.join(' OR ')})`

/**
 * A phrase of folded words. FTS5 takes a prefix only at the end of a phrase: one that holds a wildcard elsewhere is cut
 * after it, and its pieces must stand side by side, in either order: a superset (see `saysExactly`).
 */
function phrase(term: WordsTerm): string {
  const pieces: string[] = []
  let piece: string[] = []
  term.words.forEach(({ text, prefix }, i) => {
    piece.push(term.exact ? foldedForm(text) : text)
    if (!prefix && i < term.words.length - 1) return
    pieces.push(`"${piece.join(' ')}"${prefix ? ' *' : ''}`)
    piece = []
  })
  if (pieces.length === 1) return pieces[0] as string
  return `NEAR(${pieces.join(' ')}, ${term.words.length})`
}
