import type { WordsTerm } from '../language/ast.ts'
import { isUnusual } from '../match/spelling.ts'
import { foldedForm } from '../words/words.ts'
import type { FtsContext } from './context.ts'
import { anyOf, both, type Column, either, inColumn, inexact, NONE, type Part, some } from './expression.ts'
import { formKeyword } from './indexEntry.ts'

/** Terms as FTS5 phrases. */

/** A term; one with `case:` is exact only where a keyword of the index has its written form. */
export function term(query: WordsTerm, context: FtsContext, column: Column): Part {
  const alternatives = phrases(query, context)
  if (alternatives.length === 0) return NONE
  const found = some(inColumn(column, anyOf(alternatives)), isExactPhrase(query))
  if (!query.exact) return found
  const forms = query.words.flatMap(({ text, prefix }) =>
    !prefix && isUnusual(text, foldedForm(text)) ? [formKeyword(text)] : [],
  )
  const [only] = forms
  if (only === undefined) return found
  // The keyword is there if the story has the form anywhere: for one word in any field that decides it.
  if (query.words.length === 1 && column === 'any') return some(`"${only}"`, true)
  return both([found, ...forms.map((form) => some(`"${form}"`, true))])
}

/** An OR of concepts, by their forms; exact where none of them has exceptions. */
export function concepts(names: readonly string[], context: FtsContext, column: Column): Part {
  return either(
    names.map((name) => {
      const concept = context.concepts.get(name)
      const all = either((concept?.forms ?? []).map((form) => term(form, context, column)))
      return (concept?.except.length ?? 0) === 0 ? all : inexact(all)
    }),
  )
}

/** A term as phrases of which one must occur: a wildcard at its end is expanded into the words of the archive, if few. */
export function phrases(term: WordsTerm, context: FtsContext): readonly string[] {
  const last = term.words.at(-1)
  if (last?.prefix !== true) return [phrase(term)]
  const begun = term.exact ? foldedForm(last.text) : last.text
  const endings = context.wordsFrom?.(begun) ?? null
  if (endings === null) return [phrase(term)]
  const before = term.words.slice(0, -1)
  return endings.map((text) => phrase({ ...term, words: [...before, { text, prefix: false }] }))
}

/**
 * A phrase of folded words. FTS5 takes a prefix only at the end of a phrase: one that holds a wildcard elsewhere is cut
 * after it, and its pieces must stand side by side, in either order: a superset (see `isExactPhrase`).
 */
export function phrase(term: WordsTerm): string {
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

/** True if a term is one FTS5 phrase: it has a wildcard only at its end, if at all. */
export const isOnePhrase = ({ words }: WordsTerm): boolean =>
  words.every(({ prefix }, i) => !prefix || i === words.length - 1)

/** True if `phrase` finds nothing but the term, as it does without `case:` and without a wildcard inside. */
export const isExactPhrase = (term: WordsTerm): boolean => !term.exact && isOnePhrase(term)
