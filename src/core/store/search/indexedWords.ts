import { TEXT_FIELDS, type TermWord } from '../../query/language/ast.ts'
import { POSITIONS } from '../../query/match/occurrence.ts'
import { isRecoverable, Spelling } from '../../query/match/spelling.ts'
import type { FieldWords, Tokenised } from '../../query/match/tokenise.ts'
import { foldedForm, numbersOf, type WordList } from '../../query/words/words.ts'
import type { ReadableDb } from '../connection.ts'

/**
 * The positions of words in stories, read from the full-text index: with them a residual filter decides a story without reading
 * its text. That is quicker for many stories; a word's postings are read from the first to the last, whatever stories are
 * wanted.
 */
export interface IndexedWords {
  /** In how many stories each of the words occurs, added up: an estimate from a sample of the newest. */
  storiesWith(words: readonly string[]): number
  /**
   * Calls `show` for each story, in no order, with those of its words that are listed (`WordList.positions`), without offsets. The
   * story is valid until the next call.
   * @param words folded, each once; at most `MOST_WORDS`
   * @param docids each once
   * @param exactForms the words that `FieldWords.exact` will be compared with
   */
  read(
    words: readonly string[],
    docids: readonly number[],
    exactForms: readonly TermWord[],
    show: (story: IndexedStory) => void,
  ): void
}

export interface IndexedStory {
  docid: number
  readonly fields: Tokenised['fields']
  /** True if a form was compared that cannot be restored from the index: only the text decides then. */
  undecided: boolean
}

export const MOST_WORDS = 1024
/** FTS5 cuts longer ones. */
const LONGEST_WORD = 5000

const FIELDS = 4

const READ = `SELECT place.doc,
    (CASE place.col WHEN 'title' THEN 0 WHEN 'summary' THEN 1 ELSE 2 END * ${POSITIONS} + place.offset) * ${MOST_WORDS} + word.key
  FROM json_each(?) AS word CROSS JOIN temp.story_place AS place ON place.term = word.value
  WHERE place.doc IN (SELECT value FROM json_each(?)) AND place.offset < ${POSITIONS}`

/** How many of the newest stories are counted for an estimate. */
const SAMPLE = 5000

export function indexedWords(db: ReadableDb): IndexedWords {
  const positions = db.prepare<string[], [number, number]>(READ).raw()
  const sample = db
    .prepare<[], [number, number]>(
      `SELECT count(*), min(docid) FROM (SELECT docid FROM story ORDER BY docid DESC LIMIT ${SAMPLE})`,
    )
    .raw()
  const newestId = db.prepare<[], number>('SELECT max(id) FROM story').pluck()
  const holding = db
    .prepare<unknown[], number>('SELECT count(*) FROM story_words WHERE story_words MATCH ? AND rowid >= ?')
    .pluck()
  const spellings = db
    .prepare<string[], [number, string]>(
      'SELECT story_words.rowid, spelling FROM json_each(?) AS wanted CROSS JOIN story_words ON story_words.rowid = wanted.value',
    )
    .raw()

  return {
    storiesWith(words) {
      const [looked, oldest] = sample.get() as [number, number | null]
      if (oldest === null) return 0
      const found = words.reduce((sum, word) => sum + (holding.get(`"${word}"`, BigInt(oldest)) as number), 0)
      return (found * Math.max(looked, newestId.get() as number)) / looked
    },

    read(words, docids, exactForms, show) {
      // In the index's own order, so that rows mostly come sorted.
      const ascending = [...docids].sort((a, b) => a - b)
      const wanted = JSON.stringify(ascending)
      const nths = new Map(ascending.map((docid, nth) => [docid, nth]))
      const found = positions.all(JSON.stringify(words), wanted)
      // One number a row: the story, the field, the position, the word. So they sort.
      const rows = new Float64Array(found.length)
      for (let i = 0; i < found.length; i++) {
        const [docid, position] = found[i] as [number, number]
        rows[i] = (nths.get(docid) as number) * FIELDS * POSITIONS * MOST_WORDS + position
      }
      if (words.length > 1) rows.sort()
      const spelled = new Map(exactForms.length > 0 ? spellings.all(wanted) : [])
      const numbers = numbersOf(words)
      const unrestorable = words.filter((word) => exactForms.some((form) => mayBeUnrestorable(word, form)))
      const story = new ShownStory(new Set(unrestorable), numbers.generation)
      let at = 0
      for (let nth = 0; nth < ascending.length; nth++) {
        const docid = ascending[nth] as number
        story.begin(docid, spelled.get(docid) ?? '')
        for (; at < rows.length; at++) {
          const row = rows[at] as number
          const position = Math.floor(row / MOST_WORDS)
          const field = Math.floor(position / POSITIONS)
          if (Math.floor(field / FIELDS) !== nth) break
          const word = row % MOST_WORDS
          story.add(field % FIELDS, position % POSITIONS, words[word] as string, numbers.ids[word] as number)
        }
        show(story)
      }
    },
  }
}

/** Every story in turn, in the same lists: there may be a hundred thousand. */
class ShownStory implements IndexedStory {
  docid = 0
  undecided = false
  readonly fields: FieldWords[]
  private readonly lists: { folded: string[]; positions: number[]; ids: number[] }[] = []
  private readonly unrestorable: ReadonlySet<string>
  private spelled = ''
  private spelling: Spelling | undefined

  /**
   * @param unrestorable words that may be written as a wanted form which a spelling does not restore
   * @param generation of the words' numbers
   */
  constructor(unrestorable: ReadonlySet<string>, generation: number) {
    this.unrestorable = unrestorable
    this.fields = TEXT_FIELDS.map((field, nth) => {
      const list: WordList & { positions: number[] } = {
        folded: [],
        starts: [],
        ends: [],
        ids: [],
        generation,
        positions: [],
      }
      this.lists.push(list)
      return {
        field,
        list,
        offsets: list,
        folded: list.folded,
        numbers: list,
        positions: list.positions,
        word: (index) => list.folded[index],
        exact: (index) => this.form(nth, index),
      }
    })
  }

  begin(docid: number, spelled: string): void {
    this.docid = docid
    this.undecided = false
    this.spelled = spelled
    this.spelling = undefined
    for (const { folded, positions, ids } of this.lists) {
      folded.length = 0
      positions.length = 0
      ids.length = 0
    }
  }

  add(field: number, position: number, word: string, number: number): void {
    const { folded, positions, ids } = this.lists[field] as (typeof this.lists)[number]
    folded.push(word)
    positions.push(position)
    ids.push(number)
  }

  private form(field: number, index: number): string | undefined {
    const folded = this.lists[field]?.folded[index]
    if (folded === undefined) return undefined
    this.spelling ??= new Spelling(this.spelled)
    const form = this.spelling.form(field, this.lists[field]?.positions[index] as number, folded)
    if (form === undefined && this.unrestorable.has(folded)) this.undecided = true
    // A form that cannot be restored differs from all that can.
    return form ?? ''
  }
}

/** Whether a word may be written as a wanted form which a spelling does not restore. */
function mayBeUnrestorable(word: string, form: TermWord): boolean {
  const folded = foldedForm(form.text)
  return form.prefix ? word.startsWith(folded) : word === folded && !isRecoverable(form.text, folded)
}

/** The words of a query, wildcards expanded into words of the archive; null where they are too many to read. */
export function listedWords(
  terms: readonly TermWord[],
  wordsFrom: (prefix: string) => readonly string[] | null,
): readonly string[] | null {
  const all = new Set<string>()
  for (const { text, prefix } of terms) {
    if (text.length > LONGEST_WORD) return null
    const words = prefix ? wordsFrom(text) : [text]
    if (words === null) return null
    for (const word of words) all.add(word)
  }
  return all.size > MOST_WORDS ? null : [...all]
}
