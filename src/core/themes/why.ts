import { TEXT_FIELDS, type TextField } from '../query/language/ast.ts'
import type { Evidence } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'
import { merged } from '../watch/mergedSpans.ts'
import { figure, groundsIn, inEnglish, NO_GROUNDS, type Reason, sentence } from './reasons.ts'
import type { Grounds } from './verdict.ts'

/**
 * Why a story has a theme, in words: which words are in which field, how near to each other, and what else was weighed.
 * @param evidence the tag's spans
 * @returns Ukraine war: Putin and Xi stand 6 words apart in the title; sanctions stands in the text (strength 0.91). For it:
 *   both sides in the headline. Against it: other countries beside them.
 */
export function why(
  name: string,
  score: number,
  evidence: readonly Evidence[],
  story: Tokenised,
  grounds: Grounds = NO_GROUNDS,
): string {
  const clauses = reasonsFor(evidence, story).map(inEnglish)
  if (clauses.length === 0) return ''
  const weighed = groundsIn(grounds).map((reason) => sentence([inEnglish(reason)]))
  return [`${name}: ${sentence(clauses).slice(0, -1)} (strength ${figure(score)}).`, ...weighed].join(' ')
}

/** One reason per field, in reading order; [] where there is no evidence. */
function reasonsFor(evidence: readonly Evidence[], story: Tokenised): Reason[] {
  const spans = merged(evidence)
  return TEXT_FIELDS.flatMap((field) => {
    const places = placesIn(
      story,
      field,
      spans.filter((span) => span.field === field),
    )
    return places.length === 0 ? [] : [nearestPair(places, field) ?? most(places, field)]
  })
}

/** An evidence span with its words' numbers in the field (end exclusive) and its text. */
interface Place {
  readonly start: number
  readonly end: number
  readonly word: string
}

/** The evidence in one field, in reading order. */
export function placesIn(story: Tokenised, field: TextField, spans: readonly Evidence[]): Place[] {
  const words = story.fields.find((f) => f.field === field)?.list
  if (words === undefined) return []
  return spans.flatMap((span) => {
    const start = words.starts.findIndex((at) => at >= span.start)
    const end = words.ends.findIndex((at) => at >= span.end)
    return start < 0 || end < 0
      ? []
      : [{ start, end: end + 1, word: story.subject[field].slice(span.start, span.end) }]
  })
}

/** The two neighbouring places of different words that stand nearest, and what else stands within 15 words of them. */
function nearestPair(places: readonly Place[], field: TextField): Reason | undefined {
  let best: { left: Place; right: Place } | undefined
  for (let i = 1; i < places.length; i++) {
    const left = places[i - 1] as Place
    const right = places[i] as Place
    if (folded(left.word) === folded(right.word)) continue
    if (best === undefined || right.start - left.end < best.right.start - best.left.end)
      best = { left, right }
  }
  if (best === undefined) return undefined
  const { left, right } = best
  const seen = new Set([folded(left.word), folded(right.word)])
  const more: string[] = []
  for (const place of places) {
    if (place.end < left.start - 15 || place.start > right.end + 15 || seen.has(folded(place.word))) continue
    seen.add(folded(place.word))
    more.push(place.word)
  }
  return {
    key: 'apart',
    left: left.word,
    right: right.word,
    between: right.start - left.end,
    field,
    more: more.slice(0, 3),
  }
}

function most(places: readonly Place[], field: TextField): Reason {
  return { key: 'alone', word: (places[0] as Place).word, field, times: places.length }
}

const folded = (word: string): string => word.toLowerCase()
