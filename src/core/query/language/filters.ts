import { FIELDS } from './fields.ts'
import { isNear } from './operators.ts'
import { printFilter } from './print.ts'
import { QUOTES, scan, type Token } from './scan.ts'

/**
 * The filters of a query text: reading them and changing them, for an interface that shows them as controls. A filter is a
 * field with its values that stands at the top level, joined to the rest by AND or a space: `sanctions lang:(ru OR en)
 * is:unread`. Changes touch the filter's own place in the text; what the person typed is otherwise left as it is. Text that
 * cannot be parsed yet has filters too, so this works on tokens and not on the tree.
 */

/** One filter in the text. `start` and `end` are UTF-16 offsets; a NOT or - before it is included. */
export interface Filter {
  /** Lower case. */
  readonly field: string
  /** As written, without quotation marks; several where they are joined by OR. */
  readonly values: readonly string[]
  readonly negated: boolean
  readonly start: number
  readonly end: number
}

/** The fields that narrow when a story was published or fetched. */
export const DATE_FIELDS: readonly string[] = [...FIELDS].flatMap(([name, { kind }]) =>
  kind === 'date' ? [name] : [],
)

/** The filters at the top level of the query; none where an OR stands there, or a quotation mark or bracket is open. */
export function readFilters(text: string): Filter[] {
  const { parts, unclosed } = partsOf(text)
  if (unclosed || isChoice(parts)) return []
  return parts.flatMap((part, index) => {
    if (isProximity(parts[index - 1]) || isProximity(parts[index + 1])) return []
    const filter = readFilter(part)
    if (filter === null) return []
    const before = parts[index - 1]
    if (before === undefined || !negates(before)) return [{ ...filter, start: part.start, end: part.end }]
    // Negated twice, it is left to the person.
    const twice = filter.negated || runOf(before) !== 'NOT' || negates(parts[index - 2])
    return twice ? [] : [{ ...filter, negated: true, start: before.start, end: part.end }]
  })
}

/** The values of the first filter of this field that is not negated. */
export function valuesOf(text: string, field: string): readonly string[] {
  return readFilters(text).find((f) => f.field === field && !f.negated)?.values ?? []
}

/** The query with this filter set to these values (any of them), or without it where there are none. */
export function setFilter(text: string, field: string, values: readonly string[]): string {
  const there = readFilters(text).find((f) => f.field === field && !f.negated)
  if (there === undefined) return values.length === 0 ? text : addFilter(text, printFilter(field, values))
  if (values.length === 0) return removeFilter(text, there)
  return text.slice(0, there.start) + printFilter(field, values) + text.slice(there.end)
}

/** The query with one value of a filter added, or taken out where it was there; values are compared case-blind. */
export function toggleValue(text: string, field: string, value: string): string {
  const values = valuesOf(text, field)
  const without = values.filter((v) => !same(v, value))
  return setFilter(text, field, without.length < values.length ? without : [...values, value])
}

/** Whether the first filter of this field has this value. */
export function hasValue(text: string, field: string, value: string): boolean {
  return valuesOf(text, field).some((v) => same(v, value))
}

/** The query without one of its filters, and without the AND that joined it. */
export function removeFilter(text: string, filter: Filter): string {
  const { parts } = partsOf(text)
  const before = parts.filter((part) => part.end <= filter.start)
  const after = parts.filter((part) => part.start >= filter.end)
  if (isOperator(before.at(-1), 'AND')) before.pop()
  else if (isOperator(after[0], 'AND')) after.shift()
  const head = before.length === 0 ? '' : text.slice(0, before.at(-1)?.end)
  const tail = after.length === 0 ? '' : text.slice(after[0]?.start)
  return withoutBrackets([head.trim(), tail.trim()].filter(Boolean).join(' '))
}

/** The query without its filters; '' where nothing is left. */
export function withoutFilters(text: string): string {
  const first = readFilters(text)[0]
  return first === undefined ? text : withoutFilters(removeFilter(text, first))
}

/** The query narrowed by one more filter, as `printFilter` writes it; an OR at the top level is put in brackets first. */
export function addFilter(text: string, filter: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return filter
  const { parts, unclosed } = partsOf(trimmed)
  // An open quotation mark or bracket would swallow a filter behind it.
  if (unclosed) return `${filter} ${trimmed}`
  return isChoice(parts) ? `(${trimmed}) ${filter}` : `${trimmed} ${filter}`
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** An operator, or what stands between spaces and operators at the top level; a bracketed group is one part. */
interface Part {
  readonly tokens: readonly Token[]
  readonly start: number
  readonly end: number
}

function partsOf(text: string): { parts: Part[]; unclosed: boolean } {
  const parts: { tokens: Token[]; start: number; end: number }[] = []
  let depth = 0
  let unclosed = false
  for (const token of scan(text, true)) {
    if (token.kind === 'end') break
    const last = parts.at(-1)
    const apart = !token.glued || isConnective(token) || isConnective(last?.tokens.at(-1))
    if (last === undefined || (depth === 0 && apart))
      parts.push({ tokens: [token], start: token.start, end: token.end })
    else {
      last.tokens.push(token)
      last.end = token.end
    }
    if (token.kind === 'open') depth++
    if (token.kind === 'close' && --depth < 0) unclosed = true
    if (token.kind === 'broken' && QUOTES.includes(token.text.charAt(0))) unclosed = true
  }
  return { parts, unclosed: unclosed || depth !== 0 }
}

/** An operator needs no space around it where a bracket or a quotation mark stands. */
const isConnective = (token: Token | undefined): boolean =>
  token?.kind === 'run' && (/^(?:AND|OR|NOT)$/.test(token.text) || isNear(token.text))

/** The text of a part that is nothing but a run, as operators are; else ''. */
const runOf = ({ tokens: [first, second] }: Part): string =>
  first?.kind === 'run' && second === undefined ? first.text : ''
const isOperator = (part: Part | undefined, name: 'AND' | 'OR' | 'NOT'): boolean =>
  part !== undefined && runOf(part) === name
/** NOT, or a `-` that the next part belongs to. */
const negates = (part: Part | undefined): boolean =>
  part !== undefined && /^(?:NOT|-+(?:NOT)?)$/.test(runOf(part))
const isChoice = (parts: readonly Part[]): boolean => parts.some((part) => isOperator(part, 'OR'))
const isProximity = (part: Part | undefined): boolean =>
  part !== undefined && (isNear(runOf(part)) || part.tokens[0]?.text === 'AROUND')

/** `field:value`, `field:"a value"` or `field:(a OR b)`, with or without a `-`; null where a part is something else. */
function readFilter({ tokens }: Part): Pick<Filter, 'field' | 'values' | 'negated'> | null {
  const [first, ...rest] = tokens
  const head = first?.kind === 'run' ? /^(-?)([A-Za-z]+):(.*)$/s.exec(first.text) : null
  if (head === null) return null
  const [, minus, name = '', value = ''] = head
  const field = name.toLowerCase()
  const kind = FIELDS.get(field)?.kind
  if (kind === undefined || kind === 'text' || kind === 'case') return null
  const values = value === '' ? readValues(rest) : rest.length === 0 ? [value] : null
  return values === null ? null : { field, values, negated: minus === '-' }
}

/** The values behind a field's colon: one in quotation marks, or several in brackets joined by OR. */
function readValues(tokens: readonly Token[]): string[] | null {
  const [first] = tokens
  if (first?.kind === 'phrase') return tokens.length === 1 ? [first.text.trim()] : null
  const inside = tokens.slice(1, -1)
  if (first?.kind !== 'open' || tokens.at(-1)?.kind !== 'close' || inside.length % 2 === 0) return null
  const values: string[] = []
  for (const [index, { kind, text, glued }] of inside.entries()) {
    if (index > 0 && glued) return null
    if (index % 2 === 1) {
      if (kind !== 'run' || text !== 'OR') return null
    } else if (kind === 'run' || kind === 'phrase') values.push(text.trim())
    else return null
  }
  return values
}

/** `(a OR b)` as `a OR b`: the brackets were there for the filter's sake. */
function withoutBrackets(text: string): string {
  const { parts, unclosed } = partsOf(text)
  const { tokens } = parts[0] ?? { tokens: [] }
  if (unclosed || parts.length !== 1 || tokens[0]?.kind !== 'open' || tokens.at(-1)?.kind !== 'close')
    return text
  const inner = text.slice(1, -1)
  return partsOf(inner).unclosed ? text : inner.trim()
}
