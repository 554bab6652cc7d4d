import type { TextField } from '../query/language/ast.ts'
import { wordList } from '../wordList.ts'
import type { Grounds } from './verdict.ts'

/**
 * A reason for or against a tag, before it is put into words: `key` names the sentence, the other members fill it. Another
 * language needs another function like `inEnglish`.
 */
export type Reason =
  | { key: 'alone'; word: string; field: TextField; times: number }
  | { key: 'apart'; left: string; right: string; between: number; field: TextField; more: string[] }
  | { key: 'strength'; score: number; threshold: number }
  | { key: 'for'; grounds: string }
  | { key: 'against'; grounds: string }
  | { key: 'missing'; part: string }
  | { key: 'present'; part: string; word: string }
  | { key: 'tooFar'; left: string; right: string; between: number | null; allowed: number }
  | { key: 'order'; left: string; right: string }
  | { key: 'notInField'; part: string; field: TextField }
  | { key: 'leftOut'; word: string }
  | { key: 'tooFew'; part: string; needed: number }
  | { key: 'filter'; filter: string }
  | { key: 'tagged'; score: number; threshold: number }

export const NO_GROUNDS: Grounds = { spokeFor: '', spokeAgainst: '' }

/** What spoke for and against a theme as reasons. */
export const groundsIn = ({ spokeFor, spokeAgainst }: Grounds): Reason[] => [
  ...(spokeFor === '' ? [] : [{ key: 'for' as const, grounds: spokeFor }]),
  ...(spokeAgainst === '' ? [] : [{ key: 'against' as const, grounds: spokeAgainst }]),
]

export function inEnglish(reason: Reason): string {
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
    case 'strength': {
      const [score, threshold] = apart(reason.score, reason.threshold)
      return `its words are there, but it is not about them: strength ${score}, the theme asks for ${threshold}`
    }
    case 'for':
      return `for it: ${reason.grounds}`
    case 'against':
      return `against it: ${reason.grounds}`
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

export const figure = (score: number): string => score.toFixed(2)

/** Two scores that differ, to as many places as it takes to see it. */
function apart(a: number, b: number): [string, string] {
  let places = 2
  while (places < 9 && a.toFixed(places) === b.toFixed(places)) places++
  return [a.toFixed(places), b.toFixed(places)]
}

/** Clauses as one sentence, each once: a semicolon between, a capital first, a full stop last. */
export function sentence(clauses: readonly string[]): string {
  const text = [...new Set(clauses)].join('; ')
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
