import { firstFrom } from '../../query/match/firstFrom.ts'
import { endOf, FIELD, fieldOf, type Occurrence, POSITIONS, startOf } from '../../query/match/occurrence.ts'
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
/** Passages further down are as long as a paragraph. */
const PARAGRAPH = 0.36
/** A character of a script without spaces is about so much of a word. */
const CHARACTER = 0.55
/** What lies behind so many passages is not judged. */
const MOST_PASSAGES = 40
/** “Moscow/Kyiv – ”: where the story was written, not what it is about. */
const DATELINE = /^[^.,:–—-]{2,40} [–—-]{1,2} /
const DATELINE_WORDS = 5

/**
 * A story in passages. The first is what it opens with: the title and the first words of the body, which is summary and text, or
 * the text alone where the summary repeats its beginning. Of a longer story each paragraph's length of the body is another,
 * without the title, and the next begins in the middle of the last.
 */
export class Passages {
  readonly count: number
  /** What one entry of the word lists is worth in words. */
  readonly scale: number
  readonly story: Tokenised
  readonly titleWords: number
  /** Words of the body in the first passage, and in each of the others. */
  readonly opening: number
  readonly paragraph: number
  /** By field: the word of the body with which it begins; −1 where it is no part of the body. */
  private readonly begins: readonly number[]
  /** By field, as far as anybody asked: how many sentences after the first begin up to a word. */
  private readonly sentences: readonly number[][]

  constructor(story: Tokenised) {
    this.story = story
    const withoutSpaces = isWithoutSpaces(story)
    this.scale = withoutSpaces ? CHARACTER : 1
    const repeats = summaryOpensText(story)
    this.titleWords = story.fields[0]?.numbers.ids.length ?? 0
    const whole = withoutSpaces ? CHARACTERS : WORDS
    this.opening = Math.max(whole - this.titleWords, Math.round(whole * LEAST_BODY))
    this.paragraph = 2 * Math.round((whole * PARAGRAPH) / 2)
    let body = 0
    this.begins = story.fields.map(({ field, numbers }) => {
      if (field === 'title' || (repeats && field === 'summary')) return -1
      body += numbers.ids.length
      return body - numbers.ids.length
    })
    this.sentences = story.fields.map(() => [])
    const paragraphs = body <= this.opening ? 0 : Math.ceil((2 * body) / this.paragraph) - 1
    this.count = Math.min(MOST_PASSAGES, 1 + paragraphs)
  }

  /** The words of a field that lie in a passage: the first, and the one after the last. */
  window(field: number, number: number): readonly [from: number, to: number] {
    const length = (this.story.fields[field] as FieldWords).numbers.ids.length
    if (this.story.fields[field]?.field === 'title') return [0, number === 0 ? length : 0]
    const begin = this.begins[field] as number
    if (begin < 0) return [0, 0]
    const first = number === 0 ? 0 : (number - 1) * (this.paragraph / 2)
    const size = number === 0 ? this.opening : this.paragraph
    return [Math.max(0, first - begin), Math.min(length, first + size - begin)]
  }

  /**
   * Calls `visit` for each half paragraph of the body that some occurrences begin in, in order, with the first of them. The
   * passage `number` after the opening consists of the halves number − 1 and number.
   */
  eachHalf(occurrences: readonly Occurrence[], visit: (half: number, first: Occurrence) => void): void {
    let last = -1
    for (const occurrence of occurrences) {
      const half = this.halfOf(occurrence)
      if (half < 0 || half === last) continue
      if (half >= this.count) return
      visit(half, occurrence)
      last = half
    }
  }

  /** How many of some occurrences begin in each half paragraph of the body. */
  perHalf(occurrences: readonly Occurrence[]): Uint16Array {
    const counts = new Uint16Array(this.count)
    for (const occurrence of occurrences) {
      const half = this.halfOf(occurrence)
      if (half >= 0 && half < this.count) counts[half] = (counts[half] as number) + 1
    }
    return counts
  }

  /** The half paragraph of the body that an occurrence begins in; −1 where it is not in the body. */
  private halfOf(occurrence: Occurrence): number {
    const begin = this.begins[fieldOf(occurrence)] as number
    return begin < 0 ? -1 : Math.floor((begin + startOf(occurrence)) / (this.paragraph / 2))
  }

  /** How many sentences of a field begin behind the word `from`, up to the word `to`. */
  sentencesWithin(field: number, from: number, to: number): number {
    const counts = this.sentences[field] as number[]
    if (counts.length <= to) this.countSentences(field, to)
    return (counts[to] as number) - (counts[from] as number)
  }

  private countSentences(field: number, to: number): void {
    const { field: name, offsets } = this.story.fields[field] as FieldWords
    const text = this.story.subject[name]
    const { starts, ends } = offsets
    const counts = this.sentences[field] as number[]
    for (let i = counts.length; i <= to; i++) {
      const begins =
        i > 0 && isBreak(text, starts[i - 1] as number, ends[i - 1] as number, starts[i] as number)
      counts.push((i > 0 ? (counts[i - 1] as number) : 0) + (begins ? 1 : 0))
    }
  }
}

/** The words of a field that lie in a passage. */
interface Part {
  readonly field: number
  /** Its first word, and the one after its last. */
  readonly from: number
  readonly to: number
  /** What is added to a place in the field for the place in the passage. */
  readonly add: number
  /** Sentences of the passage before it. */
  readonly sentences: number
  /** Occurrences from `least` to below `most` begin in it. */
  readonly least: Occurrence
  readonly most: Occurrence
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
  private readonly parts: Part[] = []
  /** The words of the passage that are its dateline: the first, and the one after the last. */
  private readonly dateline: readonly [from: number, to: number]

  /** @param namesSomebody tells whether the title names somebody */
  constructor(of: Passages, number: number, namesSomebody: () => boolean) {
    this.of = of
    this.scale = of.scale
    let sentences = 0
    let words = 0
    for (let field = 0; field < of.story.fields.length; field++) {
      const [from, to] = of.window(field, number)
      if (from >= to) continue
      const base = field * FIELD
      this.parts.push({
        field,
        from,
        to,
        add: words - from,
        sentences,
        least: base + from * POSITIONS,
        most: base + to * POSITIONS,
      })
      sentences += 1 + of.sentencesWithin(field, from, to - 1)
      words += to - from
    }
    this.hasTitle = number === 0 && of.titleWords > 0
    this.hasTeaser = this.hasTitle && sentences > 1 && !namesSomebody()
    this.sentences = sentences - (this.hasTeaser ? 1 : 0)
    this.words = words * this.scale
    this.dateline = number === 0 ? this.findDateline() : [0, 0]
  }

  /** Occurrences that lie in the passage, in order; overlapping ones are one. */
  places(occurrences: readonly Occurrence[]): Place[] {
    const found: { sentence: number; start: number; end: number }[] = []
    for (const part of this.parts) {
      for (let i = firstFrom(occurrences, part.least); i < occurrences.length; i++) {
        const occurrence = occurrences[i] as Occurrence
        if (occurrence >= part.most) break
        const sentence = this.sentenceOf(part, occurrence)
        if (sentence < 0) continue
        const start = startOf(occurrence) + part.add
        const end = endOf(occurrence) + part.add
        const last = found.at(-1)
        if (last !== undefined && start < last.end) last.end = Math.max(last.end, end)
        else found.push({ sentence, start, end })
      }
    }
    return found
  }

  /** The sentence in which the first of some occurrences lies; -1 where none lies in the passage. */
  firstSentence(occurrences: readonly Occurrence[]): number {
    for (const part of this.parts)
      for (let i = firstFrom(occurrences, part.least); i < occurrences.length; i++) {
        const occurrence = occurrences[i] as Occurrence
        if (occurrence >= part.most) break
        const sentence = this.sentenceOf(part, occurrence)
        if (sentence >= 0) return sentence
      }
    return -1
  }

  /** The words of a place, folded. */
  text({ start, end }: Place): string {
    let text = ''
    for (const { field, from, to, add } of this.parts) {
      const words = this.of.story.fields[field] as FieldWords
      for (let i = Math.max(start - add, from); i < Math.min(end - add, to); i++) text += ` ${words.word(i)}`
    }
    return text
  }

  /** The sentence that an occurrence begins in; −1 for the dateline, whose words belong to none. */
  private sentenceOf({ field, from, add, sentences }: Part, occurrence: Occurrence): number {
    const at = startOf(occurrence)
    const [begin, end] = this.dateline
    if (at + add >= begin && at + add < end) return -1
    const sentence = sentences + this.of.sentencesWithin(field, from, at)
    return this.hasTeaser ? Math.max(0, sentence - 1) : sentence
  }

  private findDateline(): readonly [from: number, to: number] {
    const part = this.parts.find(({ field }) => field > 0)
    const body = part && this.of.story.fields[part.field]
    const found = body && DATELINE.exec(this.of.story.subject[body.field].slice(0, 60))
    if (part === undefined || !body || !found) return [0, 0]
    const words = body.offsets.ends.filter((end) => end <= found[0].length).length
    return words <= DATELINE_WORDS ? [part.add, part.add + words] : [0, 0]
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
