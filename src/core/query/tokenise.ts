import type { TextField } from './ast.ts'
import { TEXT_FIELDS } from './ast.ts'
import type { Subject } from './subject.ts'
import { exactForms, type WordList, words } from './words.ts'

/** One field of a story as words; `exact` is made when a `case:` term first asks for it. */
export interface FieldWords {
  readonly field: TextField
  readonly list: WordList
  exact(): readonly string[]
}

/** A story read into words once, for any number of queries. */
export interface Tokenised {
  readonly subject: Subject
  readonly fields: readonly FieldWords[]
}

/** Reads the three text fields of a story into words. */
export function tokenise(subject: Subject): Tokenised {
  return { subject, fields: TEXT_FIELDS.map((field) => fieldWords(field, subject[field])) }
}

function fieldWords(field: TextField, text: string): FieldWords {
  let exact: readonly string[] | undefined
  return {
    field,
    list: words(text),
    exact() {
      exact ??= exactForms(text)
      return exact
    },
  }
}
