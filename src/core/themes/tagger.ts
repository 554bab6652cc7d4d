import { TEXT_FIELDS } from '../query/ast.ts'
import type { Evidence } from '../query/subject.ts'
import type { Tokenised } from '../query/tokenise.ts'

/** What one place counts, by where it stands. A story's opening says what it is about; further down things are mentioned. */
const TITLE = 1
const SUMMARY = 0.7
const OPENING = 0.6
const FURTHER_TOGETHER = 0.22
const FURTHER_ALONE = 0.1
/** Words of text that count as its opening, and how near another place must be for a passage rather than a mention. */
const OPENING_WORDS = 60
const PASSAGE_WORDS = 25
/** Beyond this many words a place further down counts less and less: it is a smaller part of the story. */
const LONG_WORDS = 400

/**
 * How much a story is about what matched, 0–1: 1 − e^(−m), where m adds up its places by where they stand (title, summary,
 * opening of the text, further down), whether they stand together, and how long the story is.
 * @param evidence spans without overlaps, as `merged` makes them; all of a story without text count as its opening
 */
export function score(evidence: readonly Evidence[], story: Tokenised): number {
  const text = wordsOf(story, 'text')
  const long = Math.min(1, Math.sqrt(LONG_WORDS / Math.max(1, text.starts.length)))
  const repeated = summaryOpensText(story)
  const places = evidence
    .filter((span) => span.field === 'text')
    .map((span) => placeOf(span.start, text.starts))
  let mass = 0
  let at = 0
  for (const span of evidence) {
    if (span.field === 'title') mass += TITLE
    else if (span.field === 'summary') mass += repeated ? 0 : SUMMARY
    else {
      const place = places[at] as number
      const before = places[at - 1]
      const after = places[at + 1]
      at++
      if (place < OPENING_WORDS) mass += OPENING
      else {
        const together =
          (before !== undefined && place - before <= PASSAGE_WORDS) ||
          (after !== undefined && after - place <= PASSAGE_WORDS)
        mass += long * (together ? FURTHER_TOGETHER : FURTHER_ALONE)
      }
    }
  }
  return 1 - Math.exp(-mass)
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
function summaryOpensText(story: Tokenised): boolean {
  const summary = wordsOf(story, 'summary').folded
  const text = wordsOf(story, 'text').folded
  const compared = Math.min(summary.length, 12)
  if (compared === 0 || text.length < compared) return false
  for (let i = 0; i < compared; i++) if (summary[i] !== text[i]) return false
  return true
}

const wordsOf = (story: Tokenised, field: Evidence['field']): Tokenised['fields'][number]['list'] =>
  (story.fields[TEXT_FIELDS.indexOf(field)] as Tokenised['fields'][number]).list

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
