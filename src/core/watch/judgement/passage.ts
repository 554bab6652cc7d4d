import { endOf, fieldOf, type Occurrence, startOf } from '../../query/match/occurrence.ts'
import type { FieldWords, Tokenised } from '../../query/match/tokenise.ts'

/** An occurrence in a passage: its sentence, and its words counted through the passage (end exclusive). */
export interface Place {
  readonly sentence: number
  readonly start: number
  readonly end: number
}

/** So many words are a passage, its title counted; of a script without spaces so many characters. */
const WORDS = 140
const CHARACTERS = 660
/** However long the title is, the body has so much of it. */
const LEAST_BODY = 0.5
/** Passages further down are as long as a paragraph, and the next begins in the middle of the last. */
const PARAGRAPH = 0.36
/** A character of a script without spaces is about so much of a word. */
const CHARACTER = 0.55
/** What lies behind so many passages is not judged. */
const MOST_PASSAGES = 40
/** “Moscow/Kyiv – ”: where the story was written, not what it is about. */
const DATELINE = /^[^.,:–—-]{2,40} [–—-]{1,2} /
const DATELINE_WORDS = 5

/**
 * A story in passages. The first is what it opens with: the title and the first words of the body. Of a longer story each
 * paragraph's length of the body is another, without the title.
 */
export class Passages {
  readonly count: number
  /** What one entry of the word lists is worth in words. */
  readonly scale: number
  readonly story: Tokenised
  /** The fields that count: without a summary that repeats the beginning of the text. */
  readonly fields: readonly FieldWords[]
  readonly titleWords: number
  /** Words of the body in the first passage, and in each of the others. */
  readonly opening: number
  readonly paragraph: number

  constructor(story: Tokenised) {
    this.story = story
    const withoutSpaces = isWithoutSpaces(story)
    this.scale = withoutSpaces ? CHARACTER : 1
    const repeats = summaryOpensText(story)
    this.fields = story.fields.filter(({ field }) => !repeats || field !== 'summary')
    this.titleWords = story.fields[0]?.numbers.ids.length ?? 0
    const whole = withoutSpaces ? CHARACTERS : WORDS
    this.opening = Math.max(whole - this.titleWords, Math.round(whole * LEAST_BODY))
    this.paragraph = 2 * Math.round((whole * PARAGRAPH) / 2)
    const body = this.fields.reduce((sum, { numbers }) => sum + numbers.ids.length, 0) - this.titleWords
    const paragraphs = body <= this.opening ? 0 : Math.ceil((2 * body) / this.paragraph) - 1
    this.count = Math.min(MOST_PASSAGES, 1 + paragraphs)
  }
}

/**
 * One passage in sentences. Sentence 0 is the headline: the title, or the first sentence where there is no title, and both
 * where the title names nobody (“An agreement is near.”).
 */
export class Passage {
  readonly hasTitle: boolean
  /** True if the headline is the title and the first sentence. */
  readonly hasTeaser: boolean
  /** Sentences, the headline counted. */
  readonly sentences: number
  /** Words of the passage, in words of a script with spaces. */
  readonly words: number
  readonly scale: number
  private readonly of: Passages
  /** By field: what is added to a position in it for the place in the passage; the first and the last position in it. */
  private readonly windows: (readonly [add: number, from: number, to: number])[] = []
  private readonly sentenceOf: number[] = []

  /** @param namesSomebody tells whether the title names somebody */
  constructor(of: Passages, number: number, namesSomebody: () => boolean) {
    this.of = of
    this.scale = of.scale
    const { sentenceOf } = this
    let sentences = 0
    const size = number === 0 ? of.opening : of.paragraph
    let before = number === 0 ? 0 : (1 - number) * (of.paragraph / 2)
    for (const field of of.story.fields) {
      const isTitle = field.field === 'title'
      const length = field.numbers.ids.length
      const from = isTitle ? 0 : Math.max(0, -before)
      const to = isTitle ? (number === 0 ? length : 0) : Math.min(length, size - before)
      if (!of.fields.includes(field) || from >= to) this.windows.push([0, 0, 0])
      else {
        this.windows.push([sentenceOf.length - from, from, to])
        sentences = this.addSentences(field, from, to, sentences)
      }
      if (!isTitle && of.fields.includes(field)) before += length
    }
    this.hasTitle = number === 0 && of.titleWords > 0
    this.hasTeaser = this.hasTitle && sentences > 1 && !namesSomebody()
    if (this.hasTeaser)
      for (let i = 0; i < sentenceOf.length; i++) sentenceOf[i] = Math.max(0, (sentenceOf[i] as number) - 1)
    this.sentences = sentences - (this.hasTeaser ? 1 : 0)
    this.words = sentenceOf.length * this.scale
    if (number === 0) this.skipDateline()
  }

  /** Occurrences that lie in the passage, in order; overlapping ones are one. */
  places(occurrences: readonly Occurrence[]): Place[] {
    const found: { sentence: number; start: number; end: number }[] = []
    for (const occurrence of occurrences) {
      const [add, from, to] = this.windows[fieldOf(occurrence)] as readonly [number, number, number]
      const at = startOf(occurrence)
      if (at < from || at >= to) continue
      const start = at + add
      const sentence = this.sentenceOf[start] as number
      if (sentence < 0) continue
      const end = endOf(occurrence) + add
      const last = found.at(-1)
      if (last !== undefined && start < last.end) last.end = Math.max(last.end, end)
      else found.push({ sentence, start, end })
    }
    return found
  }

  /** The sentence in which the first of some occurrences lies; -1 where none lies in the passage. */
  firstSentence(occurrences: readonly Occurrence[]): number {
    for (const occurrence of occurrences) {
      const [add, from, to] = this.windows[fieldOf(occurrence)] as readonly [number, number, number]
      const at = startOf(occurrence)
      if (at < from || at >= to) continue
      const sentence = this.sentenceOf[at + add] as number
      if (sentence >= 0) return sentence
    }
    return -1
  }

  /** The words of a place, folded. */
  text({ start, end }: Place): string {
    let text = ''
    this.windows.forEach(([add, from, to], field) => {
      const words = this.of.story.fields[field] as FieldWords
      for (let i = Math.max(start - add, from); i < Math.min(end - add, to); i++) text += ` ${words.word(i)}`
    })
    return text
  }

  /** Adds the words of a field to those of `sentences` sentences, and returns how many there are then. */
  private addSentences({ field, offsets }: FieldWords, from: number, to: number, sentences: number): number {
    const text = this.of.story.subject[field]
    const { starts, ends } = offsets
    for (let i = from; i < to; i++) {
      if (i === from || isBreak(text, starts[i - 1] as number, ends[i - 1] as number, starts[i] as number))
        sentences++
      this.sentenceOf.push(sentences - 1)
    }
    return sentences
  }

  /** The dateline's words belong to no sentence. */
  private skipDateline(): void {
    const at = this.windows.findIndex(([, from, to], field) => field > 0 && to > from)
    const body = this.of.story.fields[at]
    if (body === undefined) return
    const found = DATELINE.exec(this.of.story.subject[body.field].slice(0, 60))
    if (found === null) return
    const words = body.offsets.ends.filter((end) => end <= found[0].length).length
    const [add] = this.windows[at] as readonly [number, number, number]
    if (words <= DATELINE_WORDS) this.sentenceOf.fill(-1, add, add + words)
  }
}

/** True if a sentence ends between two words of a text. */
function isBreak(text: string, start: number, end: number, next: number): boolean {
  if (next === end || (next === end + 1 && text.charCodeAt(end) === SPACE)) return false
  for (let i = end; i < next; i++) {
    const mark = text.charAt(i)
    if (ALWAYS.has(mark)) return true
    if (!ENDS.has(mark) || !CLOSED.test(text.slice(i + 1, next))) continue
    if (mark !== '.') return true
    // “U.S. forces”, “Mr. Smith”, “on 5. May”: no end of a sentence.
    const first = text.charAt(next)
    const isCased = first.toLowerCase() !== first.toUpperCase()
    if (end - start > 2 && (isCased ? first.toLowerCase() !== first : !DIGIT.test(first))) return true
  }
  return false
}

const SPACE = 32
const ALWAYS = new Set(['。', '！', '？', '；', '\n'])
const ENDS = new Set(['.', '!', '?', '…'])
const CLOSED = /^["»”’)\]]*\s/
const DIGIT = /\d/

/** True if most of the first words are single characters: Chinese, Japanese. */
function isWithoutSpaces(story: Tokenised): boolean {
  let [seen, alone] = [0, 0]
  for (const field of story.fields)
    for (let i = 0; i < field.numbers.ids.length && seen < 24; i++) {
      seen++
      const word = field.word(i) as string
      if (word.length === 1 && word > '\u2e7f') alone++
    }
  return alone * 2 > seen
}

/** Words by which a summary that repeats the beginning of the text is known. */
const COMPARED = 12

/** True if the summary repeats the beginning of the text: feeds often give the first paragraph twice. It counts once. */
function summaryOpensText({ fields }: Tokenised): boolean {
  const [, summary, text] = fields
  const compared = Math.min(summary?.numbers.ids.length ?? 0, COMPARED)
  if (compared === 0 || (text?.numbers.ids.length ?? 0) < compared) return false
  for (let i = 0; i < compared; i++) if (summary?.word(i) !== text?.word(i)) return false
  return true
}
