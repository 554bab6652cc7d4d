/**
 * The filters of the interface as query text, and back. A filter is a field with its values that stands at the top
 * level of the query, joined to the rest by AND or a space: `sanctions lang:(ru OR en) is:unread`. What the person
 * typed is otherwise left as it is.
 */

/** One filter in the text. `start` and `end` are UTF-16 offsets, a NOT or - included. */
export interface Filter {
  /** Lower case. */
  readonly field: string
  /** As written, without quotation marks; several where they are joined by OR. */
  readonly values: readonly string[]
  readonly negated: boolean
  readonly start: number
  readonly end: number
}

/** Fields that can be filters; text fields and `case:` are words, not filters. */
const FIELDS = new Set(
  'source author site lang country bloc kind theme entity alert after before on within fetched is has'.split(
    ' ',
  ),
)
/** What narrows the time a story was published or came in. */
export const DATE_FIELDS: readonly string[] = ['after', 'before', 'on', 'within', 'fetched']

/** The filters at the top level of the query; none where it is a choice (a OR b) or cannot be read. */
export function readFilters(text: string): Filter[] {
  const { chunks, broken } = scan(text)
  if (broken || isChoice(chunks)) return []
  return chunks.flatMap((chunk, index) => {
    if (isNear(chunks[index - 1]) || isNear(chunks[index + 1])) return []
    const read = readFilter(chunk.text)
    if (read === null) return []
    const before = chunks[index - 1]
    if (before?.text !== 'NOT') return [{ ...read, start: chunk.start, end: chunk.end }]
    if (read.negated || chunks[index - 2]?.text === 'NOT') return []
    return [{ ...read, negated: true, start: before.start, end: chunk.end }]
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

/** The query with its date filters replaced, as in `{ after: '2025-05-01', before: '2025-05-08' }`; {} removes them. */
export function setDates(
  text: string,
  dates: Partial<Record<'after' | 'before' | 'on' | 'within' | 'fetched', string>>,
): string {
  let next = text
  for (;;) {
    const there = readFilters(next).find((f) => DATE_FIELDS.includes(f.field) && !f.negated)
    if (there === undefined) break
    next = removeFilter(next, there)
  }
  for (const [field, value] of Object.entries(dates)) next = addFilter(next, printFilter(field, [value]))
  return next
}

/** The query without one of its filters, and without the AND that joined it. */
export function removeFilter(text: string, filter: Filter): string {
  const { chunks } = scan(text)
  const before = chunks.filter((c) => c.end <= filter.start)
  const after = chunks.filter((c) => c.start >= filter.end)
  if (before.at(-1)?.text === 'AND') before.pop()
  else if (after[0]?.text === 'AND') after.shift()
  const head = before.length === 0 ? '' : text.slice(0, before.at(-1)?.end)
  const tail = after.length === 0 ? '' : text.slice(after[0]?.start)
  return unwrapped([head.trim(), tail.trim()].filter(Boolean).join(' '))
}

/** What is asked of the words alone: the query without its filters; '' where nothing is left. */
export function withoutFilters(text: string): string {
  const first = readFilters(text)[0]
  return first === undefined ? text : withoutFilters(removeFilter(text, first))
}

/** The query narrowed by one more condition; a choice is put in brackets first. */
export function addFilter(text: string, filter: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return filter
  const { chunks, broken } = scan(trimmed)
  // What cannot be read stays last: its open quotation mark or bracket would swallow the filter.
  if (broken) return `${filter} ${trimmed}`
  return isChoice(chunks) ? `(${trimmed}) ${filter}` : `${trimmed} ${filter}`
}

/** A filter as text: `lang:ru`, `source:"BBC World"`, `lang:(ru OR en)`. */
export function printFilter(field: string, values: readonly string[]): string {
  const printed = values.map((value) => printValue(field, value))
  return printed.length === 1 ? `${field}:${printed[0]}` : `${field}:(${printed.join(' OR ')})`
}

const ALWAYS_QUOTED = new Set(['source', 'author', 'entity', 'alert'])

function printValue(field: string, value: string): string {
  if (!ALWAYS_QUOTED.has(field) && /^[\p{L}\p{N}][\p{L}\p{N}.:-]*$/u.test(value)) return value
  return `"${value.replace(QUOTE, ' ').trim()}"`
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** What stands between spaces at the top level; quotation marks and brackets hold together what is inside them. */
interface Chunk {
  readonly text: string
  readonly start: number
  readonly end: number
}

const QUOTES = '"“”„‟«»＂'
const QUOTE = /["“”„‟«»＂]/g

function scan(text: string): { chunks: Chunk[]; broken: boolean } {
  const chunks: Chunk[] = []
  let depth = 0
  let start = -1
  let broken = false
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string
    if (depth === 0 && /\s/u.test(c)) {
      if (start >= 0) chunks.push({ text: text.slice(start, at), start, end: at })
      start = -1
      continue
    }
    if (start < 0) start = at
    if (QUOTES.includes(c)) {
      let close = at + 1
      while (close < text.length && !QUOTES.includes(text[close] as string)) close++
      if (close === text.length) broken = true
      at = close
    } else if (c === '(' || c === '（') depth++
    else if (c === ')' || c === '）') {
      depth--
      if (depth < 0) broken = true
    }
  }
  if (start >= 0) chunks.push({ text: text.slice(start), start, end: text.length })
  return { chunks, broken: broken || depth !== 0 }
}

const isChoice = (chunks: readonly Chunk[]): boolean => chunks.some((c) => c.text === 'OR')
const isNear = (chunk: Chunk | undefined): boolean =>
  chunk !== undefined && /^(O?NEAR(\/.*)?|AROUND(\(\d+\))?)$/.test(chunk.text)

const NAMED = /^(-?)([A-Za-z]+):(.+)$/s
const PLAIN = /^[^\s"“”„‟«»＂(){}（）]+$/u
const QUOTED = /^["“”„‟«»＂]([^"“”„‟«»＂]*)["“”„‟«»＂]$/u
const LIST = /^[(（](.*)[)）]$/s

function readFilter(chunk: string): Pick<Filter, 'field' | 'values' | 'negated'> | null {
  const named = NAMED.exec(chunk)
  const field = named?.[2]?.toLowerCase()
  if (named === null || field === undefined || !FIELDS.has(field)) return null
  const written = named[3] as string
  const negated = named[1] === '-'
  const one = readValue(written)
  if (one !== null) return { field, values: [one], negated }
  const list = LIST.exec(written)
  if (list === null) return null
  const inside = scan(list[1] as string)
  if (inside.broken || inside.chunks.length % 2 === 0) return null
  const values: string[] = []
  for (const [index, { text }] of inside.chunks.entries()) {
    const value = readValue(text)
    if (index % 2 === 1 ? text !== 'OR' : value === null) return null
    if (index % 2 === 0) values.push(value as string)
  }
  return { field, values, negated }
}

const readValue = (text: string): string | null =>
  PLAIN.test(text) ? text : (QUOTED.exec(text)?.[1]?.trim() ?? null)

/** `(a OR b)` as `a OR b`: the brackets were there for the filter's sake. */
function unwrapped(text: string): string {
  const { chunks, broken } = scan(text)
  if (broken || chunks.length !== 1 || LIST.exec(text) === null) return text
  const inner = text.slice(1, -1)
  return scan(inner).broken ? text : inner.trim()
}
