import type { TextField } from '../language/ast.ts'
import { TEXT_FIELDS } from '../language/ast.ts'
import {
  exactForms,
  numberedForm,
  numberedWord,
  numberedWords,
  type Reading,
  type WordList,
  type WordNumbers,
  wordNumbers,
  wordOffsets,
  words,
} from '../words/words.ts'
import type { Subject } from './subject.ts'

/** One field of a story as words. An entry is one of its words; some words may be left out. */
export interface FieldWords {
  readonly field: TextField
  readonly numbers: WordNumbers
  readonly list: WordList
  /** Where each entry stands in the text. */
  readonly offsets: Pick<WordList, 'starts' | 'ends'>
  /** All entries, folded. */
  readonly folded: readonly string[]
  /** The position of each entry among all words of the field; undefined where no word is left out. */
  readonly positions: readonly number[] | undefined
  /** An entry, folded; undefined after the last. */
  word(index: number): string | undefined
  /** An entry as it is written (NFKC), for `case:` terms; undefined after the last. */
  exact(index: number): string | undefined
}

/** A story read into words once, for any number of queries. */
export interface Tokenised {
  readonly subject: Subject
  readonly fields: readonly FieldWords[]
}

/** Reads the three text fields of a story into words. */
export function tokenise(subject: Subject, reading?: Reading): Tokenised {
  return { subject, fields: TEXT_FIELDS.map((field) => new TextWords(field, subject[field], reading)) }
}

/** A story of whose text fields the words were read before; a field that is left out has none. */
export function tokenisedBefore(subject: Subject, read: Partial<Record<TextField, WordList>>): Tokenised {
  return {
    subject,
    fields: TEXT_FIELDS.map((field) => new TextWords(field, subject[field], undefined, read[field])),
  }
}

/** A text's words. At first only their numbers are read, the words themselves when they are needed. */
export class TextWords implements FieldWords {
  readonly field: TextField
  readonly numbers: WordNumbers
  private readonly text: string
  private whole: WordList | undefined
  private places: Pick<WordList, 'starts' | 'ends'> | undefined
  private written: readonly string[] | undefined

  constructor(field: TextField, text: string, reading?: Reading, read?: WordList) {
    this.field = field
    this.text = text
    this.whole = read
    const numbers = reading === undefined && read === undefined ? wordNumbers(text) : null
    if (numbers === null) this.whole ??= words(text, reading)
    this.numbers = numbers ?? this.list
  }

  /** The words with their offsets in the text. */
  get list(): WordList {
    this.whole ??= words(this.text)
    return this.whole
  }

  get offsets(): Pick<WordList, 'starts' | 'ends'> {
    if (this.whole !== undefined) return this.whole
    this.places ??= wordOffsets(this.text)
    return this.places
  }

  get folded(): readonly string[] {
    return this.whole?.folded ?? numberedWords(this.numbers) ?? this.list.folded
  }

  get positions(): readonly number[] | undefined {
    return this.whole?.positions
  }

  word(index: number): string | undefined {
    if (this.whole !== undefined) return this.whole.folded[index]
    return index < this.numbers.ids.length
      ? (numberedWord(this.numbers, index) ?? this.list.folded[index])
      : undefined
  }

  exact(index: number): string | undefined {
    if (index >= this.numbers.ids.length) return undefined
    const form = numberedForm(this.numbers, index)
    if (form !== undefined) return form
    const { list } = this
    if (this.written === undefined) {
      // Folded words and ASCII are written as they stand; for the rest the text is read once more.
      const written = this.text.slice(list.starts[index], list.ends[index])
      const folded = list.folded[index]
      if (folded !== undefined && (written === folded || ASCII.test(written))) return written
      this.written = exactForms(this.text)
    }
    return this.written[list.positions?.[index] ?? index]
  }
}

const ASCII = /^[\0-\x7f]*$/
