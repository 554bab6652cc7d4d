import { TEXT_FIELDS, type TextField } from '../query/language/ast.ts'
import { endOf, fieldOf, type Occurrence, pack, startOf } from '../query/match/occurrence.ts'
import type { Evidence } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'

/** The weight of one occurrence, by its place. A story's opening states its subject; further down things are only mentioned. */
const TITLE = 1
const SUMMARY = 0.7
const OPENING = 0.6
const FURTHER_TOGETHER = 0.22
const FURTHER_ALONE = 0.1
/** Words of text that count as its opening, and how near another occurrence must be for a passage rather than a mention. */
const OPENING_WORDS = 60
const PASSAGE_WORDS = 25
/** Beyond this many words an occurrence further down counts less and less: it is a smaller part of the story. */
const LONG_WORDS = 400

/**
 * How much a story is about what matched, 0–1: 1 − e^(−m), where m adds up its places by where they stand (title, summary,
 * opening of the text, further down), whether they stand together, and how long the story is. Places that overlap are one.
 * @param places among the story's words, in any order
 */
export function strength(places: readonly Occurrence[], story: Tokenised): number {
  const long = Math.min(1, Math.sqrt(LONG_WORDS / Math.max(1, wordCount(story, 'text'))))
  const apart = withoutOverlaps(places)
  const repeated = apart.some((place) => TEXT_FIELDS[fieldOf(place)] === 'summary') && summaryOpensText(story)
  let mass = 0
  apart.forEach((place, i) => {
    const field = TEXT_FIELDS[fieldOf(place)]
    if (field === 'title') mass += TITLE
    else if (field === 'summary') mass += repeated ? 0 : SUMMARY
    else if (startOf(place) < OPENING_WORDS) mass += OPENING
    else
      mass +=
        long * (isNear(place, apart[i - 1]) || isNear(place, apart[i + 1]) ? FURTHER_TOGETHER : FURTHER_ALONE)
  })
  return 1 - Math.exp(-mass)
}

/** The same of spans in the text. */
export function score(evidence: readonly Evidence[], story: Tokenised): number {
  return strength(
    evidence.map(({ field, start, end }) => {
      const { starts } = fieldOfStory(story, field).list
      return pack(TEXT_FIELDS.indexOf(field), placeOf(start, starts), placeOf(end, starts))
    }),
    story,
  )
}

const isNear = (place: Occurrence, other: Occurrence | undefined): boolean =>
  other !== undefined &&
  fieldOf(other) === fieldOf(place) &&
  Math.abs(startOf(other) - startOf(place)) <= PASSAGE_WORDS

function withoutOverlaps(places: readonly Occurrence[]): Occurrence[] {
  const out: Occurrence[] = []
  for (const place of [...places].sort((a, b) => a - b)) {
    const last = out.at(-1)
    if (last === undefined || fieldOf(last) !== fieldOf(place) || startOf(place) >= endOf(last))
      out.push(place)
    else if (endOf(place) > endOf(last))
      out[out.length - 1] = pack(fieldOf(last), startOf(last), endOf(place))
  }
  return out
}

/** Spans in order of field and place, overlapping ones made one. */
export function merged(evidence: readonly Evidence[]): Evidence[] {
  const order = (span: Evidence): number => TEXT_FIELDS.indexOf(span.field)
  const spans = [...evidence].sort((a, b) => order(a) - order(b) || a.start - b.start || a.end - b.end)
  const out: Evidence[] = []
  for (const span of spans) {
    const last = out.at(-1)
    if (last !== undefined && last.field === span.field && span.start < last.end) {
      if (span.end > last.end) out[out.length - 1] = { ...last, end: span.end }
    } else out.push(span)
  }
  return out
}

/** Feeds often give the first paragraph twice, as summary and as text: it counts once. */
export function summaryOpensText(story: Tokenised): boolean {
  const summary = fieldOfStory(story, 'summary')
  const text = fieldOfStory(story, 'text')
  const compared = Math.min(wordCount(story, 'summary'), 12)
  if (compared === 0 || wordCount(story, 'text') < compared) return false
  for (let i = 0; i < compared; i++) if (summary.word(i) !== text.word(i)) return false
  return true
}

const fieldOfStory = (story: Tokenised, field: TextField): Tokenised['fields'][number] =>
  story.fields[TEXT_FIELDS.indexOf(field)] as Tokenised['fields'][number]
const wordCount = (story: Tokenised, field: TextField): number =>
  fieldOfStory(story, field).numbers.ids.length

/** The number of the word that begins at or after an offset. */
function placeOf(offset: number, starts: readonly number[]): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) < offset) low = middle + 1
    else high = middle
  }
  return low
}
