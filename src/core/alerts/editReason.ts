import type { Query } from '../query/language/ast.ts'
import { printQuery } from '../query/language/print.ts'
import type { Evidence } from '../query/match/subject.ts'

/** How a query decides a story. */
export interface Decides {
  matches(query: Query): boolean
  evidence(query: Query): readonly Pick<Evidence, 'field' | 'start' | 'end'>[]
}

/** Why one version of a query finds a story and another does not. */
export interface EditReason {
  /** Words of the story: what the one version found it by, or, where `excluded`, what the other excludes it by. */
  readonly words: string[]
  readonly excluded: boolean
  /** The part of the other version that the story does not fulfil; null where it is excluded. */
  readonly part: string | null
}

const WORDS = 3
const LONGEST_PART = 80

/**
 * @param finds the version that matches the story
 * @param fails the version that does not
 * @param textOf the text of a field of the story
 */
export function editReason(
  finds: Query,
  fails: Query,
  decides: Decides,
  textOf: (field: Evidence['field']) => string,
): EditReason {
  const wordsOf = (query: Query): string[] => {
    const all = decides.evidence(query).map(({ field, start, end }) => textOf(field).slice(start, end))
    const known = new Map(all.map((word) => [word.toLowerCase(), word]))
    return [...known.values()].slice(0, WORDS)
  }
  const parts = fails.type === 'and' ? fails.of : [fails]
  const excluding = parts.find((part) => part.type === 'not' && decides.matches(part.of))
  if (excluding?.type === 'not') return { words: wordsOf(excluding.of), excluded: true, part: null }
  const part = parts.find((one) => !decides.matches(one))
  const printed = part === undefined ? '' : printQuery(part)
  return {
    words: wordsOf(finds),
    excluded: false,
    part: printed.length > LONGEST_PART ? `${printed.slice(0, LONGEST_PART - 1)}…` : printed,
  }
}
