import { WORD_NUMBERS } from '../words/lexicon.ts'
import { numberedForm } from '../words/words.ts'
import type { FieldWords } from './tokenise.ts'

/**
 * How a word is written, compared with its folded form. The casing of all words of a story, its spelling, decides `case:` from
 * the index, without reading the story.
 *
 * A spelling is a string. Each word that is not written as folded is one character: how many words were skipped since the last
 * one, and the casing. A field ends with a line break. Most words are written as folded, so a story's spelling is some 50
 * characters.
 */
export type Casing = 0 | 1 | 2 | 3
export const AS_FOLDED = 0
/** Its first letter is a capital, more follow: Turkey. */
const CAPITALISED = 1
/** US, NATO. */
const CAPITALS = 2
/** iPhone, São: the written form cannot be restored from the folded one. */
const OTHER = 3

const FIRST = 0x20
const CASINGS = 3
/** How many words one character can skip; `SKIP` skips one more and stands for no word. */
const FARTHEST = 29
const SKIP = FIRST + (FARTHEST + 1) * CASINGS
const END_OF_FIELD = '\n'

/** The casing of a word. */
export function casing(exact: string, folded: string): Casing {
  if (exact === folded) return AS_FOLDED
  if (folded.length > 1 && exact === capitalised(folded)) return CAPITALISED
  return exact === folded.toUpperCase() ? CAPITALS : OTHER
}

/** The casing of a word of a field. */
export function casingOf(field: FieldWords, index: number): Casing {
  const { ids, generation } = field.numbers
  const id = ids[index] as number
  if (id === 0) return casing(field.exact(index) as string, field.word(index) as string)
  if (generation !== known.generation) {
    known.casings.fill(UNKNOWN)
    known.generation = generation
  }
  const before = known.casings[id] as number
  if (before !== UNKNOWN) return before as Casing
  const how = casing(field.exact(index) as string, field.word(index) as string)
  if (numberedForm(field.numbers, index) !== undefined) known.casings[id] = how
  return how
}

/** Casings by word number, for numbers that determine how their word is written. */
const known = { generation: -1, casings: new Uint8Array(WORD_NUMBERS) }
const UNKNOWN = 255

const capitalised = (folded: string): string => folded.charAt(0).toUpperCase() + folded.slice(1)

/**
 * True if more than a word's first letter is special (US, NATO, iPhone, São): the index has a keyword for that form. Keywords
 * for every capitalised word would make the index a third larger.
 */
export const isUnusual = (exact: string, folded: string): boolean => isUnusualCasing(casing(exact, folded))
export const isUnusualCasing = (casing: Casing): boolean => casing >= CAPITALS

/** True if the written form can be restored from the folded one and its casing. */
export const isRecoverable = (exact: string, folded: string): boolean => casing(exact, folded) !== OTHER

/** Writes the spelling of a story, word by word. */
export class SpellingWriter {
  text = ''
  private next = 0

  /** @param index of a word of the field; words that are not added are written as folded */
  add(index: number, casing: Casing): void {
    if (casing === AS_FOLDED) return
    let skipped = index - this.next
    for (; skipped > FARTHEST; skipped -= FARTHEST + 1) this.text += String.fromCharCode(SKIP)
    this.text += String.fromCharCode(FIRST + skipped * CASINGS + casing - 1)
    this.next = index + 1
  }

  endField(): void {
    this.text += END_OF_FIELD
    this.next = 0
  }
}

/** Reads what a `SpellingWriter` wrote. */
export class Spelling {
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** The written form of a word; undefined where it cannot be restored (`isRecoverable`). */
  form(field: number, index: number, folded: string): string | undefined {
    switch (this.casing(field, index)) {
      case AS_FOLDED:
        return folded
      case CAPITALISED:
        return capitalised(folded)
      case CAPITALS:
        return folded.toUpperCase()
      case OTHER:
        return undefined
    }
  }

  private casing(field: number, index: number): Casing {
    let at = 0
    for (let nth = 0; nth < field; nth++) at = this.text.indexOf(END_OF_FIELD, at) + 1
    for (let next = 0; ; at++) {
      const code = this.text.charCodeAt(at)
      if (code === SKIP) {
        next += FARTHEST + 1
        continue
      }
      // The end of the field, or of the text.
      if (!(code >= FIRST)) return AS_FOLDED
      next += Math.floor((code - FIRST) / CASINGS)
      if (next >= index) return next === index ? ((((code - FIRST) % CASINGS) + 1) as Casing) : AS_FOLDED
      next++
    }
  }
}
