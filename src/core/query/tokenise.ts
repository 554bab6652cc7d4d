import type { TextField } from './ast.ts'
import { TEXT_FIELDS } from './ast.ts'
import type { Subject } from './subject.ts'
import { exactForms, type Reading, type WordList, words } from './words.ts'

/** One field of a story as words. */
export interface FieldWords {
  readonly field: TextField
  readonly list: WordList
  /** An entry of the list as it is written (NFKC), for `case:` terms; undefined behind the last. */
  exact(index: number): string | undefined
}

/** A story read into words once, for any number of queries. */
export interface Tokenised {
  readonly subject: Subject
  readonly fields: readonly FieldWords[]
}

/** Reads the three text fields of a story into words. */
export function tokenise(subject: Subject, reading?: Reading): Tokenised {
  return { subject, fields: TEXT_FIELDS.map((field) => fieldWords(field, subject[field], reading)) }
}

function fieldWords(field: TextField, text: string, reading: Reading | undefined): FieldWords {
  const list = words(text, reading)
  let all: readonly string[] | undefined
  return {
    field,
    list,
    exact(index) {
      if (all === undefined) {
        // Folded words and ASCII are written as they stand; for the rest the text is read once more.
        const written = text.slice(list.starts[index], list.ends[index])
        const folded = list.folded[index]
        if (folded !== undefined && (written === folded || ASCII.test(written))) return written
        all = exactForms(text)
      }
      return all[list.places?.[index] ?? index]
    },
  }
}

const ASCII = /^[\0-\x7f]*$/
