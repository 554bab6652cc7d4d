import { type Near, type Query, TEXT_FIELDS, type WordsTerm } from '../query/language/ast.ts'
import { printQuery } from '../query/language/print.ts'
import { createEvaluator } from '../query/match/matcher.ts'
import type { EvaluationContext, Evidence } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'
import { createPercolator } from '../watch/percolator.ts'
import { wordList } from '../wordList.ts'
import { groundsIn, inEnglish, type Reason, sentence } from './reasons.ts'
import { groundsOf } from './verdict.ts'
import { placesIn } from './why.ts'

/** A theme that a story does not have. */
export interface AbsentTheme {
  readonly key: string
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
  const percolator = createPercolator(context)
  percolator.setTheme({ ...theme, id: 0, group: '' })
  const { score, weighed } = percolator.explain(0, story, context.now)
  const { threshold } = theme
  return score >= threshold
    ? [{ key: 'tagged', score, threshold }]
    : [{ key: 'strength', score, threshold }, ...groundsIn(groundsOf(weighed, context.label)).reverse()]
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
