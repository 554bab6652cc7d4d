import { QueryError } from './ast.ts'
import { anyOperator } from './operators.ts'
import { UNSEEN } from './plainText.ts'

/** A piece of query text between spaces and brackets. Offsets are UTF-16, `end` exclusive. */
export interface Token {
  readonly kind: 'run' | 'phrase' | 'open' | 'close' | 'comma' | 'times' | 'slop' | 'end' | 'broken'
  /** A run as written; a phrase without its quotes; the number of `{n}` and `~n`. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** No space between this token and the one before. */
  readonly glued: boolean
}

export const QUOTES = '"“”„‟«»＂'
/** Blanks of Braille and Hangul are seen as spaces too. */
const SPACE = /[\s\u2800\u3164\uffa0]/u
/** What divides the list of an ANY. */
const COMMAS = ',，、'
const STOPS = new Set([...QUOTES, '(', ')', '{', '}', '（', '）'])

/** Characters from one brace to another that belong together. */
const LONGEST_BRACES = 200

/**
 * Cuts query text into tokens in one pass. Commas separate only inside the brackets of ANY/n, where a term that holds one
 * is quoted; elsewhere they are part of a run, as in "10,000".
 * @param lenient what cannot be read becomes a `broken` token: for colouring a query that is being written
 * @throws QueryError for an unclosed quote or a count that is none
 */
export function scan(text: string, lenient = false): Token[] {
  const tokens: Token[] = []
  // For each open bracket: whether it is the list of an ANY.
  const lists: boolean[] = []
  let at = 0
  let spaced = true
  const push = (kind: Token['kind'], value: string, end: number): void => {
    tokens.push({ kind, text: value, start: at, end, glued: !spaced })
    at = end
    spaced = false
  }
  while (at < text.length) {
    const c = text[at] as string
    if (SPACE.test(c)) {
      at++
      spaced = true
    } else if (UNSEEN.test(c)) at++
    else if (c === '(' || c === '（') {
      const before = tokens.at(-1)
      lists.push(before?.kind === 'run' && anyOperator(before.text) !== null)
      push('open', c, at + 1)
    } else if (c === ')' || c === '）') {
      lists.pop()
      push('close', c, at + 1)
    } else if (COMMAS.includes(c) && lists.at(-1) === true) push('comma', c, at + 1)
    else if (QUOTES.includes(c)) phrase()
    else if (c === '{' || c === '}') times()
    else if (c === '~' && !spaced && tokens.at(-1)?.kind === 'phrase') slop()
    else run()
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length, glued: false })
  return tokens

  function refuse(message: string, end: number, repair?: string): void {
    if (!lenient) throw new QueryError(message, { start: at, end }, repair)
    push('broken', text.slice(at, end), end)
  }

  function phrase(): void {
    let end = at + 1
    while (end < text.length && !QUOTES.includes(text[end] as string)) end++
    if (end === text.length) refuse('This quotation mark is never closed.', text.length, `${text.trimEnd()}"`)
    else push('phrase', text.slice(at + 1, end), end + 1)
  }

  function times(): void {
    const length = text.slice(at, at + LONGEST_BRACES).indexOf('}')
    const close = length < 0 ? -1 : at + length
    const end = close < 0 ? at + 1 : close + 1
    const value = text.slice(at + 1, end - 1)
    if (spaced && close >= 0 && /^\s*\p{L}[\p{L}\p{N}\s]*$/u.test(value))
      refuse(
        'Braces count: sanctions{3}. A phrase is written in quotation marks, exact case as case:US.',
        end,
        `${text.slice(0, at)}"${value.trim()}"${text.slice(end)}`,
      )
    else if (text[at] !== '{' || close < 0 || !/^\d{1,6}$/.test(value) || Number(value) === 0 || spaced)
      refuse('A count is a number of 1 or more in braces right after a term: sanctions{3}.', end)
    else push('times', value, end)
  }

  function slop(): void {
    let end = at + 1
    while (end < text.length && /\d/.test(text[end] as string)) end++
    if (end === at + 1 || end - at > 7)
      refuse('After ~ comes how many other words may stand between: "xi putin"~5.', end)
    else push('slop', text.slice(at + 1, end), end)
  }

  function run(): void {
    let end = at + 1
    while (end < text.length) {
      const c = text[end] as string
      if (SPACE.test(c) || STOPS.has(c) || (COMMAS.includes(c) && lists.at(-1) === true)) break
      end++
    }
    while (UNSEEN.test(text[end - 1] as string)) end--
    push('run', text.slice(at, end), end)
  }
}
