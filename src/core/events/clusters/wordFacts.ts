/** What is known of a word by itself, in whatever text it stands: looked up once, and kept by its number in the lexicon. */
import { commonWords } from '../../feeds/read/plainLanguage.ts'
import { numberedSpelling, type WordList, words } from '../../query/words/words.ts'
import { bareWord } from './arabic.ts'
import { type EntityWord, namesOf } from './entities.ts'
import { type HappeningWord, happeningsOf } from './happenings.ts'
import { type DateWord, monthOf } from './numbers.ts'
import { countriesOf, type PlaceWord } from './places.ts'
import { soundOf } from './sound.ts'
import { NAMES, SOUNDS, termOf, WORDS } from './traits.ts'

export interface WordFacts extends EntityWord, PlaceWord, HappeningWord, DateWord {
  /** How it is written; undefined where that differs by text. */
  readonly written: string | undefined
  /** Only where it is known how it is written. */
  readonly isCapital: boolean
  /** Its terms as it sounds; -1 where it has no sound. */
  readonly sound: number
  readonly name: number
  /** In the language that it was last met in: its term, and whether it is one of the common words. */
  language: string | undefined
  isCommon: boolean
  term: number
}

/** The words of a text with their facts, at the same indexes. */
export interface ReadWords {
  readonly list: WordList
  readonly facts: readonly WordFacts[]
}

export function readWords(text: string): ReadWords {
  const list = words(text)
  const { ids, folded, generation } = list
  if (generation !== keptOf || kept > MOST) {
    byNumber.length = 0
    kept = 0
    keptOf = generation
  }
  const facts: WordFacts[] = new Array(folded.length)
  for (let i = 0; i < folded.length; i++) {
    const id = ids[i] as number
    let found = byNumber[id]
    if (found === undefined) {
      found = factsOf(folded[i] as string, numberedSpelling(list, i))
      if (id > 0) keep(id, found)
    }
    facts[i] = found
  }
  return { list, facts }
}

function keep(id: number, facts: WordFacts): void {
  while (byNumber.length <= id) byNumber.push(undefined)
  byNumber[id] = facts
  kept++
}

/** By number in one generation of the lexicon. */
const byNumber: (WordFacts | undefined)[] = []
let keptOf = -1
let kept = 0
/** Words whose facts are kept, some 200 bytes each. */
const MOST = 40_000

/** The term of a word in a language, and whether it is common there, from here on in the facts. */
export function speak(facts: WordFacts, language: string): WordFacts {
  if (facts.language === language) return facts
  const common = commonWords(language)
  facts.language = language
  facts.isCommon =
    common.has(facts.folded) || (facts.written !== undefined && common.has(facts.written.toLowerCase()))
  facts.term = termOf(WORDS, stem(facts.folded, language), language)
  return facts
}

function factsOf(folded: string, written: string | undefined): WordFacts {
  const bare = bareWord(folded)
  const sound = soundOf(folded)
  return {
    folded,
    bare,
    written,
    isCapital: written !== undefined && beginsCapital(written),
    names: namesOf(bare),
    countries: countriesOf(bare),
    happenings: happeningsOf(bare),
    month: monthOf(folded),
    sound: sound === '' ? -1 : termOf(SOUNDS, sound),
    name: sound === '' ? -1 : termOf(NAMES, sound),
    language: undefined,
    isCommon: false,
    term: 0,
  }
}

export const beginsCapital = (written: string): boolean => /^\p{Lu}/u.test(written)

/** Words are kept to their first letters, which drops endings. */
const STEM = 7
const STEM_CYRILLIC = 6

function stem(word: string, language: string): string {
  const first = word.charCodeAt(0)
  if (first >= 0x0400 && first < 0x0530) return word.slice(0, STEM_CYRILLIC)
  const short = word.slice(0, STEM)
  return (language === 'en' || language === 'fr' || language === 'es' || language === 'pt') &&
    short.length > 3 &&
    short.endsWith('s')
    ? short.slice(0, -1)
    : short
}
