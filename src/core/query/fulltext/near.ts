import type { Near, Term, TermGroup, TermWord, Window, WordsTerm } from '../language/ast.ts'
import { areApart } from '../match/window.ts'
import type { FtsContext } from './context.ts'
import { anyOf, both, type Column, either, inColumn, inexact, NONE, type Part, some } from './expression.ts'
import { concepts, isExactPhrase, isOnePhrase, phrase, phrases, term } from './terms.ts'

/**
 * NEAR in full text. FTS5's NEAR only limits the words between, so it is exact where the terms cannot overlap, and a superset
 * elsewhere. Groups, concepts and wildcards are expanded into pairs.
 */
export function near(query: Near, context: FtsContext, column: Column): Part {
  const most = context.mostPairs ?? MOST_PAIRS
  const { operands, distances } = chain(query)
  const [left, right] = operands as [Term | TermGroup, Term | TermGroup]
  const pairs = combined([left, right], distances[0] as number, most, context)
  if (operands.length > 2) {
    // The first links as wholes, so that few stories are looked at, and every operand.
    const wholes: Part[] = []
    for (let n = 2; n <= Math.min(operands.length, LONGEST_WHOLE); n++) {
      const distance = distances.slice(0, n - 1).reduce((sum, one) => sum + one)
      const ways =
        n === 2 ? pairs : combined(operands.slice(0, n), distance, Math.min(MOST_CHAINS, most), context)
      if (ways !== null) wholes.push(anyNear(ways, column))
    }
    return inexact(both([...wholes, ...operands.map((one) => operand(one, context, column))]))
  }
  if (pairs === null) return inexact(both(operands.map((one) => operand(one, context, column))))
  const [lefts, rights] = [alternatives(left, context), alternatives(right, context)]
  const exact =
    lefts.exact &&
    rights.exact &&
    !query.ordered &&
    lefts.terms.every((l) =>
      rights.terms.every((r) => isExactPhrase(l) && isExactPhrase(r) && disjoint(l, r)),
    )
  return exact ? anyNear(pairs, column) : inexact(anyNear(pairs, column))
}

/** An operand by itself. */
function operand(query: Term | TermGroup, context: FtsContext, column: Column): Part {
  if (query.type === 'or') return either(query.of.map((member) => operand(member, context, column)))
  return query.type === 'words' ? term(query, context, column) : concepts([query.name], context, column)
}

const anyNear = (expressions: readonly string[], column: Column): Part =>
  expressions.length === 0 ? NONE : some(inColumn(column, anyOf(expressions)), true)

/** The operands of a chain of NEARs, and how many words may stand between. */
function chain(query: Near): { operands: (Term | TermGroup)[]; distances: number[] } {
  const operands: (Term | TermGroup)[] = []
  const distances: number[] = []
  let first: Near['left'] = query
  for (; first.type === 'near'; first = first.left) {
    operands.push(first.right)
    distances.push(first.distance)
  }
  return { operands: [first, ...operands.reverse()], distances: distances.reverse() }
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
  const between = query.distance + query.words.length - 2
  if (query.words.length > LONGEST_WINDOW) {
    const words = [...different(query.words)].map(
      (word): WordsTerm => ({ type: 'words', words: [word], exact: false }),
    )
    return inexact(both(words.map((word) => some(inColumn(column, phrase(word)), true))))
  }
  const phrases = query.words.map((word) => phrase({ type: 'words', words: [word], exact: false }))
  return some(inColumn(column, `NEAR(${phrases.join(' ')}, ${between})`), areApart(query.words))
}

/** True if no word of a text can belong to both terms, so that their occurrences never overlap. */
function disjoint(a: WordsTerm, b: WordsTerm): boolean {
  return areApart([...different(a.words), ...different(b.words)])
}

const different = (words: readonly TermWord[]): Iterable<TermWord> =>
  new Map(words.map((word) => [`${word.text}${word.prefix ? '*' : ''}`, word])).values()

/** Above so many pairs a superset and the evaluator are cheaper. */
const MOST_PAIRS = 256
/** The same for a chain as a whole, which only narrows what its first links find. */
const MOST_CHAINS = 32
/** So many operands of a chain are looked for as a whole. */
const LONGEST_WHOLE = 6
/** FTS5 compares all phrases of a NEAR at each step: with more, the words alone are a better superset. */
const LONGEST_WINDOW = 12
