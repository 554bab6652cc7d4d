import { canonicalDate } from './dateValue.ts'
import { FACTIVA, FIELDS, FOREIGN_FIELDS } from './fields.ts'
import type { Finding } from './findings.ts'
import { beginsOperand, endsOperand, shown } from './operands.ts'
import { isOperator } from './operators.ts'
import type { Token } from './scan.ts'

/** Fields of other products that are written as words, and are words here. */

type Rule = (tokens: readonly Token[], i: number) => Finding | null

/** `HEADLINE (oil)`, `title (oil)`: a field with a space before its brackets. */
export const fieldApart: Rule = (tokens, i) => {
  const [{ text, start }, open] = [tokens[i] as Token, tokens[i + 1]]
  if (open?.kind !== 'open' || open.glued || endsOperand(tokens[i - 1])) return null
  const ours = /^[A-Z-]{2,}$/.test(text)
    ? (functionField(text) ?? CODES.get(text))
    : /^(title|headline|hlead|byline)$/i.test(text)
      ? fieldOf(text)
      : undefined
  const isFunction = /^(CAPS|ALLCAPS|NOCAPS|SINGULAR|PLURAL|ANY)$/.test(text)
  if (ours === undefined && !isFunction) return null
  const at = { start, end: open.end }
  if (ours === undefined || FIELDS.get(ours)?.kind !== 'text') {
    const form =
      ours !== undefined
        ? `${ours}: and its value`
        : text === 'CAPS' || text === 'ALLCAPS'
          ? 'case:AIDS'
          : text === 'ANY'
            ? '(a OR b)'
            : 'as the words themselves'
    return {
      message: `“${text}” is a word here: it is written ${form}.`,
      at: { start, end: start + text.length },
    }
  }
  return {
    message: `“${text} (” is a word and brackets here: a field is written ${ours}:(…).`,
    at,
    by: `${ours}:(`,
  }
}

/** `TI oil`, `MH "oil"` of EBSCO. */
export const coded: Rule = (tokens, i) => {
  const [{ text, start }, next] = [tokens[i] as Token, tokens[i + 1]]
  const ours = CODES.get(text)
  if (ours === undefined || next === undefined || endsOperand(tokens[i - 1])) return null
  const word = next.kind === 'run' && /^[^\p{Lu}\p{N}]/u.test(next.text) && beginsOperand(next)
  // Codes that are names of companies too stand before lower-case words, others before what is quoted.
  if (next.kind === 'phrase' ? next.glued : !(word && /^(TI|AB|TX)$/.test(text))) return null
  const by = `${ours}:${shown(next)}`
  return { message: `“${text}” is a word here: a field is written ${by}.`, at: { start, end: next.end }, by }
}
const CODES: ReadonlyMap<string, string> = new Map([
  ['TI', 'title'],
  ['AB', 'summary'],
  ['TX', 'text'],
  ['MH', 'text'],
  ['MM', 'text'],
  ['SU', 'text'],
])

/** `S1 AND S2`, `#1 OR #2`: the numbers of earlier searches, where a query holds nothing else. */
export function searchNumbers(tokens: readonly Token[]): Finding | null {
  const numbers = tokens.filter(({ kind, text }) => kind === 'run' && !isOperator(text))
  if (numbers.length < 2 || numbers.length > MOST_NUMBERS) return null
  if (tokens.every(({ text }) => !isOperator(text))) return null
  if (tokens.some(({ kind }) => !/^(run|open|close|end)$/.test(kind))) return null
  if (!numbers.every(({ text }) => /^[sS#L]?\d{1,2}$/.test(text))) return null
  const message =
    'Earlier searches have no numbers here, so these are words. Saved searches are in the menu of the query bar.'
  return { message, at: { start: numbers[0]?.start ?? 0, end: numbers.at(-1)?.end ?? 0 } }
}

/** `title contains oil`, `title :oil`, `oil IN title`, `DATE IS 2025-05-01`. */
export const filter: Rule = (tokens, i) => {
  const [token, second, third] = [tokens[i] as Token, tokens[i + 1], tokens[i + 2]]
  const { text, start } = token
  const ours = fieldOf(text)
  if (second?.kind !== 'run') return null
  if (ours !== undefined && second.text.startsWith(':') && second.text.length > 1) {
    const by = ours + second.text
    return { message: `No space stands before a colon: ${by}.`, at: { start, end: second.end }, by }
  }
  if (ours !== undefined && FIELDS.get(ours)?.kind === 'date') return dateFilter(tokens, i)
  const contains = /^(contains|LIKE|IS|EQUALS)$/.test(second.text) || second.text === 'CONTAINS'
  if (ours !== undefined && contains && beginsOperand(third) && third !== undefined) {
    const value = third.kind === 'open' ? '(' : shown(third)
    return {
      message: `“${text} ${second.text}” are words here: a field is written ${ours}: and its value, without a space.`,
      at: { start, end: third.end },
      by: `${ours}:${value}`,
    }
  }
  const field =
    (text === 'IN' || (text === 'in' && /^(TI|AB)$/.test(second.text))) && endsOperand(tokens[i - 1])
      ? (CODES.get(second.text) ?? fieldOf(second.text))
      : undefined
  const before = tokens[i - 1]
  if (field === undefined || FIELDS.get(field)?.kind !== 'text' || before === undefined) return null
  const message = `“IN ${second.text}” are words here: write ${field}: before the term.`
  return { message, at: { start, end: second.end } }
}

/** `DATE IS 2025-05-01`, `date after 1/1/2025`, `date from … to …` of Factiva and LexisNexis. */
const dateFilter: Rule = (tokens, i) => {
  const [name, second, third] = [tokens[i] as Token, tokens[i + 1], tokens[i + 2]]
  const op = /^(is|on|aft|after|from|geq|>=?|bef|before|leq|<=?|since|until)$/i.exec(second?.text ?? '')
  if (op === null || second === undefined || third?.kind !== 'run' || !/^\d/.test(third.text)) return null
  const ours = /^(is|on)$/i.test(second.text)
    ? 'on'
    : /^(bef|before|leq|<=?|until)$/i.test(second.text)
      ? 'before'
      : 'after'
  const value = canonicalDate(third.text)
  return {
    message: `“${name.text} ${second.text}” are words here: a date is written ${ours}:2025-05-01.`,
    at: { start: name.start, end: third.end },
    ...(value === null ? {} : { by: `${ours}:${value}` }),
  }
}
const MOST_NUMBERS = 500

/** Our name of a field that another product writes as a function; undefined for what is none. */
const functionField = (text: string): string | undefined => {
  const name = text.toLowerCase()
  const code = /^(hl|hlp|hd|hlead|lp|byline|by|la)$/.test(name) ? FACTIVA.get(name) : undefined
  return fieldOf(name) ?? code
}

/** Our name of a field that stands as a word; undefined for what is none. */
function fieldOf(text: string): string | undefined {
  const name = text.toLowerCase()
  return FIELDS.has(name) ? name : FOREIGN_FIELDS.get(name)
}
