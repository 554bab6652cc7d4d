import { type Near, type Query, TEXT_FIELDS, type TextField, type WordsTerm } from '../query/language/ast.ts'
import { printQuery } from '../query/language/print.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import type { EvaluationContext, Evidence } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'
import { merged, strength } from '../watch/tagger.ts'
import { wordList } from '../wordList.ts'

/**
 * A reason for or against a tag, before it is put into words: `key` names the sentence, the other members fill it. Another
 * language needs another function like `inEnglish`.
 */
export type Reason =
  | { key: 'alone'; word: string; field: TextField; times: number }
  | { key: 'apart'; left: string; right: string; between: number; field: TextField; more: string[] }
  | { key: 'strength'; score: number; threshold: number }
  | { key: 'missing'; part: string }
  | { key: 'present'; part: string; word: string }
  | { key: 'tooFar'; left: string; right: string; between: number | null; allowed: number }
  | { key: 'order'; left: string; right: string }
  | { key: 'notInField'; part: string; field: TextField }
  | { key: 'leftOut'; word: string }
  | { key: 'tooFew'; part: string; needed: number }
  | { key: 'filter'; filter: string }
  | { key: 'tagged'; score: number; threshold: number }

/**
 * Why a story has a theme, in words: which words are in which field, and how near to each other.
 * @param evidence the tag's spans
 * @returns Ukraine war: Putin and Xi stand 6 words apart in the title; sanctions stands in the text (strength 0.91).
 */
export function why(name: string, score: number, evidence: readonly Evidence[], story: Tokenised): string {
  const clauses = reasonsFor(evidence, story).map(inEnglish)
  return clauses.length === 0 ? '' : `${name}: ${sentence(clauses).slice(0, -1)} (strength ${figure(score)}).`
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

/** A theme that a story does not have. */
export interface AbsentTheme {
  readonly name: string
  readonly query: Query
  readonly threshold: number
}

/** `label`: what a concept is called in the interface (“The Russian side” for `russia-side`). */
export interface WhyNotContext extends EvaluationContext {
  readonly label: (concept: string) => string
}

/**
 * Why a story does not have a theme: which required part is missing, too far away or left out, in the alternative of the
 * query that comes nearest; or that the score stays below the threshold.
 */
export function whyNot(theme: AbsentTheme, story: Tokenised, context: WhyNotContext): string {
  return `${theme.name}: ${sentence(reasonsAgainst(theme, story, context).map(inEnglish))}`
}

function reasonsAgainst(theme: AbsentTheme, story: Tokenised, context: WhyNotContext): Reason[] {
  const evaluator = createEvaluator(theme.query, context)
  if (!evaluator.matches(story, context.now)) return new NearMiss(story, context).of(theme.query).reasons
  const score = strength(evaluator.occurrences(story, context.now), story)
  const { threshold } = theme
  return [{ key: score >= threshold ? 'tagged' : 'strength', score, threshold }]
}

function inEnglish(reason: Reason): string {
  switch (reason.key) {
    case 'alone':
      return `${reason.word} stands ${reason.times === 1 ? '' : `${reason.times} times `}in the ${reason.field}`
    case 'apart': {
      const more = reason.more.length === 0 ? '' : `, with ${wordList(reason.more)}`
      const distance =
        reason.between === 0
          ? 'side by side'
          : `${reason.between} ${reason.between === 1 ? 'word' : 'words'} apart`
      return `${reason.left} and ${reason.right} stand ${distance} in the ${reason.field}${more}`
    }
    case 'strength':
      return `its words are there, but they are a small part of the story: strength ${figure(reason.score)}, the theme asks for ${figure(reason.threshold)}`
    case 'missing':
      return `nothing of ${reason.part} is in the story`
    case 'present':
      return `${reason.part} is there (${reason.word})`
    case 'tooFar':
      return reason.between === null
        ? `${reason.left} and ${reason.right} are not in the same field`
        : `${reason.left} and ${reason.right} stand ${reason.between} words apart, at most ${reason.allowed} are asked for`
    case 'order':
      return `${reason.left} does not stand before ${reason.right}`
    case 'notInField':
      return `${reason.part} is in the story, but not in the ${reason.field}`
    case 'leftOut':
      return `${reason.word} is in the story, and the theme leaves it out`
    case 'tooFew':
      return `${reason.part} occurs less than ${reason.needed} times`
    case 'filter':
      return `${reason.filter} does not hold`
    case 'tagged':
      return `the story has this theme: strength ${figure(reason.score)}, the theme asks for ${figure(reason.threshold)}`
  }
}

/** An evidence span with its words' numbers in the field (end exclusive) and its text. */
interface Place {
  readonly start: number
  readonly end: number
  readonly word: string
}

function placesIn(story: Tokenised, field: TextField, spans: readonly Evidence[]): Place[] {
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

/** How near a part of a query comes to matching, and why it does not. */
interface Miss {
  /** 0–1; 1 where it matches. */
  readonly nearness: number
  readonly reasons: Reason[]
}

/** Finds which parts of a query keep it from matching a story, by matching each part by itself. */
class NearMiss {
  private readonly story: Tokenised
  private readonly context: WhyNotContext
  constructor(story: Tokenised, context: WhyNotContext) {
    this.story = story
    this.context = context
  }

  of(query: Query): Miss {
    const found = this.find(query)
    if (found !== null)
      return {
        nearness: 1,
        reasons: found === '' ? [] : [{ key: 'present', part: this.name(query), word: found }],
      }
    switch (query.type) {
      case 'and': {
        const parts = query.of.map((part) => this.of(part))
        const missing = parts.filter((part) => part.nearness < 1)
        return {
          nearness: (parts.reduce((sum, part) => sum + part.nearness, 0) / parts.length) * 0.99,
          reasons: [
            ...parts.filter((part) => part.nearness === 1).flatMap((part) => part.reasons),
            ...missing.flatMap((part) => part.reasons),
          ],
        }
      }
      case 'or':
      case 'any':
        // Where nothing of any alternative is there, naming one of many would mislead: the shortest stands for them.
        return query.of
          .map((part) => this.of(part))
          .reduce((best, part) => (part.nearness > best.nearness ? part : best))
      case 'near':
        return this.ofNear(query)
      case 'field': {
        const inside = this.of(query.of)
        if (inside.nearness === 1)
          return {
            nearness: 0.5,
            reasons: [{ key: 'notInField', part: this.name(query.of), field: query.field }],
          }
        return { nearness: inside.nearness * 0.5, reasons: inside.reasons }
      }
      case 'not': {
        const word = this.find(query.of)
        return { nearness: 0, reasons: [{ key: 'leftOut', word: word || this.name(query.of) }] }
      }
      case 'count':
        return this.find(query.of) === null
          ? { nearness: 0, reasons: [{ key: 'missing', part: this.name(query.of) }] }
          : { nearness: 0.5, reasons: [{ key: 'tooFew', part: this.name(query.of), needed: query.atLeast }] }
      case 'filter':
      case 'state':
      case 'date':
        return { nearness: 0, reasons: [{ key: 'filter', filter: printQuery(query) }] }
      case 'words':
      case 'concept':
      case 'window':
        return { nearness: 0, reasons: [{ key: 'missing', part: this.name(query) }] }
    }
  }

  private ofNear(query: Near): Miss {
    const left = this.of(query.left)
    const right = this.of(query.right)
    if (left.nearness < 1 || right.nearness < 1)
      return {
        nearness: ((left.nearness + right.nearness) / 2) * 0.98,
        reasons: [
          ...(left.nearness === 1 ? left.reasons : []),
          ...(right.nearness === 1 ? right.reasons : []),
          ...(left.nearness < 1 ? left.reasons : []),
          ...(right.nearness < 1 ? right.reasons : []),
        ],
      }
    const [l, r] = [this.spans(query.left), this.spans(query.right)]
    const between = leastBetween(this.story, l, r)
    const names = { left: this.name(query.left), right: this.name(query.right) }
    if (query.ordered && between !== null && between <= query.distance)
      return { nearness: 0.9, reasons: [{ key: 'order', ...names }] }
    return { nearness: 0.9, reasons: [{ key: 'tooFar', ...names, between, allowed: query.distance }] }
  }

  /** The first words that make a part match, '' where it matches without any, null where it does not match. */
  private find(query: Query): string | null {
    const evaluator = createEvaluator(query, this.context)
    if (!evaluator.matches(this.story, this.context.now)) return null
    const span = evaluator.evidence(this.story, this.context.now)[0]
    return span === undefined ? '' : this.story.subject[span.field].slice(span.start, span.end)
  }

  private spans(query: Query): Evidence[] {
    return createEvaluator(query, this.context).evidence(this.story, this.context.now)
  }

  /** A part of a query as a person would call it: concepts by their label, words as they are written. */
  private name(query: Query): string {
    switch (query.type) {
      case 'concept':
        return `“${this.context.label(query.name)}”`
      case 'words':
        return `“${wordsOf(query)}”`
      case 'or':
        return query.of.map((part) => this.name(part)).join(' or ')
      case 'and':
        return query.of.map((part) => this.name(part)).join(' and ')
      case 'any':
        return `${query.atLeast} of ${wordList(query.of.map((part) => this.name(part)))}`
      case 'near':
        return `${this.name(query.left)} near ${this.name(query.right)}`
      case 'field':
      case 'not':
      case 'count':
        return this.name(query.of)
      default:
        return printQuery(query)
    }
  }
}

const wordsOf = (term: WordsTerm): string =>
  term.words.map((word) => word.text + (word.prefix ? '*' : '')).join(' ')

/** The fewest words between a span of one list and a span of the other in one field; null where no field has both. */
function leastBetween(
  story: Tokenised,
  left: readonly Evidence[],
  right: readonly Evidence[],
): number | null {
  let least: number | null = null
  for (const field of TEXT_FIELDS) {
    const inField = (spans: readonly Evidence[]) =>
      placesIn(
        story,
        field,
        spans.filter((span) => span.field === field),
      )
    for (const l of inField(left))
      for (const r of inField(right)) {
        const between = Math.max(r.start - l.end, l.start - r.end)
        if (between >= 0 && (least === null || between < least)) least = between
      }
  }
  return least
}

const folded = (word: string): string => word.toLowerCase()
const figure = (score: number): string => score.toFixed(2)

/** Clauses as one sentence, each once: a semicolon between, a capital first, a full stop last. */
function sentence(clauses: readonly string[]): string {
  const text = [...new Set(clauses)].join('; ')
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
