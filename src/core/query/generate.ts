import fc from 'fast-check'
import type { Query, Term, TermGroup, WordsTerm } from './ast.ts'
import { printQuery } from './print.ts'

/** What generated queries are made of. Words are folded, exact words as they stand in texts. */
export interface Vocabulary {
  readonly words: readonly string[]
  readonly exact: readonly string[]
  readonly concepts: readonly string[]
  readonly filters: readonly Query[]
}

/**
 * Query trees over a vocabulary, as the parser would make them: no operator left out. For property tests; the parser and
 * both back-ends are held to the same generator.
 */
export function queries(vocabulary: Vocabulary, depth = 4): fc.Arbitrary<Query> {
  const word = fc.constantFrom(...vocabulary.words).chain((text) =>
    fc
      .record({
        cut: fc.nat({ max: Math.max(0, [...text].length - 1) }),
        prefix: fc.boolean(),
      })
      .map(({ cut, prefix }) =>
        prefix ? { text: [...text].slice(0, cut + 1).join(''), prefix } : { text, prefix },
      ),
  )
  const folded: fc.Arbitrary<WordsTerm> = fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((words) => ({ type: 'words', words, exact: false }))
  const exact: fc.Arbitrary<WordsTerm> = fc
    .array(fc.constantFrom(...vocabulary.exact), { minLength: 1, maxLength: 2 })
    .map((words) => ({ type: 'words', words: words.map((text) => ({ text, prefix: false })), exact: true }))
  const term: fc.Arbitrary<Term> = fc.oneof(
    { weight: 6, arbitrary: folded },
    { weight: 1, arbitrary: exact },
    {
      weight: 2,
      arbitrary: fc.constantFrom(...vocabulary.concepts).map((name): Term => ({ type: 'concept', name })),
    },
  )
  const group: fc.Arbitrary<TermGroup> = fc
    .array(term, { minLength: 2, maxLength: 3 })
    .map((of) => ({ type: 'or', of }))
  const operand = fc.oneof({ weight: 3, arbitrary: term }, { weight: 1, arbitrary: group })
  const reach = fc.record({ distance: fc.nat({ max: 6 }), ordered: fc.boolean() })
  const near: fc.Arbitrary<Query> = fc
    .record({ first: operand, rest: fc.array(fc.tuple(reach, operand), { minLength: 1, maxLength: 3 }) })
    .map(({ first, rest }) =>
      rest.reduce<Query>(
        (left, [{ distance, ordered }, right]) => ({ type: 'near', distance, ordered, left, right }) as Query,
        first,
      ),
    )
  const window: fc.Arbitrary<Query> = fc
    .record({ words: fc.array(word, { minLength: 3, maxLength: 4 }), distance: fc.nat({ max: 6 }) })
    .map(({ words, distance }) => ({ type: 'window', words, distance }))
  const count: fc.Arbitrary<Query> = fc
    .record({ of: term, atLeast: fc.integer({ min: 1, max: 3 }) })
    .map(({ of, atLeast }) => ({ type: 'count', of, atLeast }))
  const leaf: fc.Arbitrary<Query> = fc.oneof(
    { weight: 5, arbitrary: term },
    { weight: 2, arbitrary: near },
    { weight: 1, arbitrary: window },
    { weight: 1, arbitrary: count },
    { weight: 2, arbitrary: fc.constantFrom(...vocabulary.filters) },
  )
  const inner = (level: number, fields: boolean): fc.Arbitrary<Query> => {
    if (level === 0) return leaf
    const part = inner(level - 1, fields)
    const members = fc.array(part, { minLength: 2, maxLength: 3 })
    const choices: fc.WeightedArbitrary<Query>[] = [
      { weight: 3, arbitrary: leaf },
      { weight: 2, arbitrary: members.map((of) => flat('and', of)) },
      { weight: 2, arbitrary: members.map((of) => flat('or', of)) },
      { weight: 1, arbitrary: part.map((of): Query => ({ type: 'not', of })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.uniqueArray(part, { minLength: 1, maxLength: 3, selector: printQuery }), fc.nat())
          .map(([of, n]): Query => ({ type: 'any', atLeast: (n % of.length) + 1, of })),
      },
    ]
    if (fields)
      choices.push({
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('title', 'summary', 'text'), inner(level - 1, false))
          .map(([field, of]) => ({ type: 'field', field, of }) as Query),
      })
    return fc.oneof(...choices)
  }
  return inner(depth, true)
}

function flat(type: 'and' | 'or', members: readonly Query[]): Query {
  return { type, of: members.flatMap((member) => (member.type === type ? member.of : [member])) } as Query
}
