import type { Near, Term, TermGroup, TermWord, Window, WordsTerm } from '../language/ast.ts'
import type { FtsContext } from './context.ts'
import { anyOf, both, type Column, either, inColumn, inexact, NONE, type Part, some } from './expression.ts'
import { concepts, isExactPhrase, isOnePhrase, phrase, phrases, term } from './terms.ts'

/**
 * NEAR in full text. FTS5's NEAR only limits the words between, so it is exact where the terms cannot overlap, and a superset
 * elsewhere. Groups, concepts and wildcards are expanded into pairs.
 */
export function near(query: Near, context: FtsContext, column: Column): Part {
  const most = context.mostPairs ?? MOST_PAIRS
  const loose = (): Part =>
    inexact(both([operand(query.left, context, column), operand(query.right, context, column)]))
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
    left.terms.every((l) => right.terms.every((r) => isExactPhrase(l) && isExactPhrase(r) && disjoint(l, r)))
  return exact ? anyNear(pairs, column) : inexact(anyNear(pairs, column))
}

/** An operand by itself. */
function operand(query: Near['left'], context: FtsContext, column: Column): Part {
  if (query.type === 'near') return near(query, context, column)
  if (query.type === 'or') return either(query.of.map((member) => operand(member, context, column)))
  return query.type === 'words' ? term(query, context, column) : concepts([query.name], context, column)
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
 * A NEAR for each way to choose one term of each operand. Null where there are more than `most` ways, or a term is no phrase.
 * FTS5 counts the words between the first and the last term, so the terms between them too.
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
    if (!terms.every(isOnePhrase)) return null
    const expanded = terms.flatMap((term) =>
      phrases(term, context).map((phrase) => ({ phrase, words: term.words.length })),
    )
    if (ways.length * expanded.length > most) return null
    ways = ways.flatMap((way) =>
      expanded.map(({ phrase, words }) => ({
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

/** All words in a span with at most `distance` others: FTS5 counts the words between the first and the last. */
export function window(query: Window, column: Column): Part {
  const terms = query.words.map((word): WordsTerm => ({ type: 'words', words: [word], exact: false }))
  const exact = terms.every((term, i) => terms.slice(i + 1).every((other) => disjoint(term, other)))
  const between = query.distance + terms.length - 2
  return some(inColumn(column, `NEAR(${terms.map((word) => phrase(word)).join(' ')}, ${between})`), exact)
}

/** True if no word of a text can belong to both terms, so that their occurrences never overlap. */
function disjoint(a: WordsTerm, b: WordsTerm): boolean {
  return a.words.every((x) => b.words.every((y) => !mayBeSame(x, y)))
}

function mayBeSame(a: TermWord, b: TermWord): boolean {
  if (a.prefix && b.prefix) return a.text.startsWith(b.text) || b.text.startsWith(a.text)
  if (a.prefix) return b.text.startsWith(a.text)
  if (b.prefix) return a.text.startsWith(b.text)
  return a.text === b.text
}

/** Above so many pairs a superset and the evaluator are cheaper. */
const MOST_PAIRS = 256
/** The same for a chain as a whole, which only narrows what its first links find. */
const MOST_CHAINS = 32
