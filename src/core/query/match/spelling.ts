import { WORD_NUMBERS } from '../words/lexicon.ts'
import { numberedForm } from '../words/words.ts'
import type { FieldWords } from './tokenise.ts'

/**
 * How the words of a story are written, beside their folded forms: which begin with a capital, which are all capitals, which
 * differ otherwise. With it `case:` is decided from the index, without reading the story. Most words are as folded and take
 * nothing: a story's spelling is some 50 characters.
 *
 * A field is a row of characters, one for each word that is not written as folded: how many words were passed over since
 * the last, and how this one is written. Fields end with a line break.
 */
export type Manner = 0 | 1 | 2 | 3
export const AS_FOLDED = 0
/** Its first letter is a capital, more follow: Turkey. */
const CAPITALISED = 1
/** US, NATO. */
const CAPITALS = 2
/** iPhone, São: the folded form does not tell the written one. */
const OTHER = 3

const FIRST = 0x20
const MANNERS = 3
/** So many words can one character pass over; `SKIP` passes over one more and stands for no word. */
const FARTHEST = 29
const SKIP = FIRST + (FARTHEST + 1) * MANNERS
const END_OF_FIELD = '\n'

/** How a word is written that folds to `folded`. */
export function manner(exact: string, folded: string): Manner {
  if (exact === folded) return AS_FOLDED
  if (folded.length > 1 && exact === capitalised(folded)) return CAPITALISED
  return exact === folded.toUpperCase() ? CAPITALS : OTHER
}

/** How a word of a field is written. */
export function mannerOf(field: FieldWords, index: number): Manner {
  const { ids, generation } = field.numbers
  const id = ids[index] as number
  if (id === 0) return manner(field.exact(index) as string, field.word(index) as string)
  if (generation !== told.generation) {
    told.manners.fill(UNTOLD)
    told.generation = generation
  }
  const before = told.manners[id] as number
  if (before !== UNTOLD) return before as Manner
  const how = manner(field.exact(index) as string, field.word(index) as string)
  if (numberedForm(field.numbers, index) !== undefined) told.manners[id] = how
  return how
}

/** The manners of words by their numbers, where a number tells how its word is written. */
const told = { generation: -1, manners: new Uint8Array(WORD_NUMBERS) }
const UNTOLD = 255

const capitalised = (folded: string): string => folded.charAt(0).toUpperCase() + folded.slice(1)

/**
 * Whether a word's spelling says more than a capital at the start (US, NATO, iPhone, São): `case:` finds it by a facet. A
 * facet for every capital would make the index a third larger.
 */
export const isUnusual = (exact: string, folded: string): boolean => saysMore(manner(exact, folded))
export const saysMore = (how: Manner): boolean => how >= CAPITALS

/** Whether a spelling tells this form of a word from all others. */
export const isTold = (exact: string, folded: string): boolean => manner(exact, folded) !== OTHER

/** Writes the spelling of a story, word by word. */
export class SpellingWriter {
  text = ''
  private next = 0

  /** @param index which word of the field it is; those left out are written as folded */
  add(index: number, how: Manner): void {
    if (how === AS_FOLDED) return
    let passed = index - this.next
    for (; passed > FARTHEST; passed -= FARTHEST + 1) this.text += String.fromCharCode(SKIP)
    this.text += String.fromCharCode(FIRST + passed * MANNERS + how - 1)
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

  /** The written form of a word, or undefined where it is one that is not told (`isTold`). */
  form(field: number, index: number, folded: string): string | undefined {
    switch (this.manner(field, index)) {
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

  private manner(field: number, index: number): Manner {
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
      next += Math.floor((code - FIRST) / MANNERS)
      if (next >= index) return next === index ? ((((code - FIRST) % MANNERS) + 1) as Manner) : AS_FOLDED
      next++
    }
  }
}
