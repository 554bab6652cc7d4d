import { exactForms, words } from '../words/words.ts'
import { type At, QueryError, type TermWord, type WordsTerm } from './ast.ts'

/**
 * Reads the words of a term, with `*` right after a letter or digit for "begins so".
 * @param source the text of the term; `at` its place in the query, for errors
 * @throws QueryError for a term without a word and for a wildcard in a wrong place; its repair is that of the term
 */
export function readTerm(source: string, at: At, exact = false): WordsTerm {
  const { folded, starts, ends } = words(source)
  const forms = exact ? exactForms(source) : folded
  const prefixes = new Set<number>()
  let before = 0
  for (let star = source.indexOf('*'); star >= 0; star = source.indexOf('*', star + 1)) {
    while (before < ends.length && (ends[before] as number) < star) before++
    const word = ends[before] === star ? before : -1
    const next = word < 0 ? before : before + 1
    const following = starts[next] === star + 1 ? next : -1
    const place = {
      start: at.start + (starts[word] ?? star),
      end: at.start + (ends[following] ?? star + 1),
    }
    if (word < 0) {
      if (following >= 0)
        throw new QueryError(
          'A wildcard stands at the end of a word: sanction*. Words that end alike cannot be searched.',
          place,
        )
      throw new QueryError(
        'A * needs a word right before it: sanction*. For any word in between, write xi ONEAR/1 putin.',
        place,
      )
    }
    if (following >= 0)
      throw new QueryError(
        'A wildcard stands at the end of a word: sanc*. Inside a word it cannot be searched.',
        place,
        source.slice(0, star + 1) + source.slice(ends[following]),
      )
    prefixes.add(word)
  }
  if (forms.length === 0)
    throw new QueryError(
      source.trim() === ''
        ? 'These quotation marks hold no word.'
        : `“${source}” holds no word: letters or digits are needed.`,
      at,
    )
  return {
    type: 'words',
    exact,
    words: forms.map((text, i): TermWord => ({ text, prefix: prefixes.has(i) })),
    at,
  }
}
