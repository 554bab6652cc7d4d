import { foldValue } from '../words/words.ts'
import { type At, type Or, type Query, QueryError, type ValueField } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { canonicalDate, canonicalDuration } from './dateValue.ts'
import { FIELDS, type Field, FOREIGN_FIELDS, STATES } from './fields.ts'
import { nearest } from './nearest.ts'
import { codeOf } from './placeCodes.ts'
import type { Token } from './scan.ts'

/** A field whose value is no query of its own. */
type FilterField = Exclude<Field, { kind: 'text' | 'case' }>
type Filter = Extract<Query, { type: 'filter' | 'date' | 'state' }>

/**
 * Reads the value of a field, or a bracketed list of them: `lang:(ru OR en)`.
 * @param token the field's name as written; the cursor stands behind its colon
 * @param name the same in lower case, for messages
 * @throws QueryError
 */
export function readValues(cursor: Cursor, token: Token, name: string, field: FilterField): Filter | Or {
  if (cursor.peek().kind !== 'open') return readValue(cursor, token, name, field)
  const open = cursor.next()
  const members: Filter[] = []
  for (;;) {
    if (cursor.peek().kind === 'close' || cursor.peek().kind === 'end')
      throw new QueryError(
        members.length === 0 ? 'These brackets are empty.' : 'This list is never closed or lacks a value.',
        open,
      )
    members.push(readValue(cursor, cursor.peek(), name, field))
    if (cursor.isOperator('OR')) cursor.next()
    else break
  }
  const close = cursor.next()
  if (close.kind !== 'close')
    throw new QueryError(
      `Values in brackets are joined by OR: ${name}:(a OR b).`,
      close.kind === 'end' ? open : close,
      joinedByOr(cursor, open),
    )
  const at = { start: token.start, end: close.end }
  return members.length === 1 ? { ...(members[0] as Filter), at } : { type: 'or', of: members, at }
}

/** The query with OR between the values of a list that has commas, spaces or AND between them; undefined where it holds more. */
function joinedByOr(cursor: Cursor, open: Token): string | undefined {
  const length = cursor.text.slice(open.end).indexOf(')')
  const inner = cursor.text.slice(open.end, open.end + length)
  if (length < 0 || !/^[\p{L}\p{N}.,;|\s-]+$/u.test(inner) || /\bNOT\b/.test(inner)) return undefined
  const values = inner.split(/[\s,;|]+/).filter((value) => !/^(AND|OR|)$/.test(value))
  return cursor.replaced({ start: open.end, end: open.end + length }, values.join(' OR '))
}

/** @param token where the filter begins in the query */
function readValue(cursor: Cursor, token: Token, name: string, field: FilterField): Filter {
  const read = cursor.next()
  const at = { start: token.start, end: read.end }
  if (read.kind !== 'run' && read.kind !== 'phrase')
    throw new QueryError(`After ${name}: comes its value: ${example(name)}.`, at)
  const text = read.text.trim()
  if (read.kind === 'run' && /^[<>]=?./.test(text))
    throw new QueryError(
      'A value is not compared with > or <. Times are written after:2025-05-01, before:2025-06-01.',
      read,
    )
  switch (field.kind) {
    case 'date':
      return { type: 'date', op: field.op, value: dateOrError(text, field.op, read), at }
    case 'has':
      if (text.toLowerCase() === 'note') return { type: 'state', state: 'note', at }
      throw new QueryError('has: knows has:note.', read)
    case 'is': {
      const state = STATES.get(text.toLowerCase())
      if (state === undefined)
        throw new QueryError(`is: knows ${[...STATES.keys()].map((s) => `is:${s}`).join(', ')}.`, read)
      return { type: 'state', state, at }
    }
    case 'value': {
      const value = canonicalValue(field.field, text)
      if (field.field === 'event' && value === '')
        throw new QueryError('event: takes the number of an event: event:12.', read)
      if (value === '') throw new QueryError(`The value of ${name}: holds no word.`, read)
      return { type: 'filter', field: field.field, value, at }
    }
  }
}

/** What is wrong with a name before a colon that is no field's, with the field that was most likely meant. */
export function unknownField(token: Token, written: string, cursor: Cursor): QueryError {
  const end = token.start + written.length
  if (token.text.startsWith('//', written.length + 1))
    return new QueryError(
      'Put an address in quotation marks, or search its host with site:.',
      token,
      cursor.replaced(token, `"${token.text}"`),
    )
  const foreign = FOREIGN_FIELDS.get(written.toLowerCase())
  if (NOT_STATED.has(written.toLowerCase())) return notStated(token, written)
  if (foreign !== undefined) return foreignField(token, written, foreign, cursor)
  const near = nearest(written.toLowerCase(), FIELDS.keys())
  const hint =
    near === undefined ? 'If you mean the words, put them in quotation marks.' : `Did you mean ${near}:?`
  return new QueryError(
    `There is no field “${written}:”. ${hint}`,
    { start: token.start, end: end + 1 },
    near === undefined ? undefined : cursor.replaced({ start: token.start, end }, near),
  )
}

const notStated = (token: Token, written: string): QueryError =>
  new QueryError(
    `There is no field “${written}:”: feeds say nothing of it. If you mean the words, put them in quotation marks.`,
    { start: token.start, end: token.start + written.length + 1 },
  )

/** What other products know of a page or a post, and feeds do not state. */
const NOT_STATED = new Set(
  'sentiment reach sourcereach minreach engagement engagementtype likes followers rating gender hashtag hashtags mention mentions filetype ext cache related info define weather stocks inanchor imagetype pagetype wordcount geocode continent titlestart contentstart list cs fn bio channelid city town near older_than'.split(
    ' ',
  ),
)

/** A field by the name that another product gives it. */
function foreignField(token: Token, written: string, ours: string, cursor: Cursor): QueryError {
  const name = { start: token.start, end: token.start + written.length }
  const value = token.text.slice(written.length + 1)
  const period = /^(\d{4})(?:-(\d\d))?$/.exec(value)
  if (ours === 'on' && period !== null) {
    const [year, month] = [Number(period[1]), period[2] === undefined ? undefined : Number(period[2])]
    const first = (y: number, m: number): string =>
      `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-01`
    const [from, to] =
      month === undefined
        ? [first(year, 1), first(year + 1, 1)]
        : [first(year, month), month === 12 ? first(year + 1, 1) : first(year, month + 1)]
    const isMonth = month === undefined || (month >= 1 && month <= 12)
    return new QueryError(
      `${written}: is on: here, with a day: on:${from}. A longer time is after:${from} before:${to}.`,
      token,
      isMonth && year < 9999 ? cursor.replaced(token, `(after:${from} before:${to})`) : undefined,
    )
  }
  // `from:` and `to:` are authors, recipients, or days.
  const day = canonicalDate(value)
  if (day !== null && /^(from|to)$/i.test(written)) {
    const meant = written.toLowerCase() === 'from' ? 'after' : 'before'
    return new QueryError(
      `${written}: is written ${meant}: here, as in ${example(meant)}.`,
      { start: token.start, end: name.end + 1 },
      cursor.replaced(name, meant),
    )
  }
  if (/^to$/i.test(written)) return notStated(token, written)
  // Of Google's allintitle: all words that follow are in the field.
  const rest = /^allin/i.test(written) ? cursor.text.slice(name.end + 1).trim() : ''
  const repaired =
    rest.includes(' ') && !/[()]/.test(rest)
      ? `${cursor.text.slice(0, name.start)}${ours}:(${rest})`
      : cursor.replaced(name, ours)
  const isDate = FIELDS.get(ours)?.kind === 'date'
  const coded = /^(lang|country)$/.test(ours) ? valueOfCode(ours as 'lang' | 'country', value) : undefined
  if (coded !== undefined) {
    const repair = coded === null ? undefined : cursor.replaced(token, `${ours}:${coded}`)
    return new QueryError(
      `${written}: is written ${ours}: here, as in ${example(ours)}.`,
      { start: token.start, end: name.end + 1 },
      repair,
    )
  }
  const readable = !isDate || (ours === 'within' ? canonicalDuration(value) : canonicalDate(value)) !== null
  return new QueryError(
    `${written}: is written ${ours}: here, as in ${example(ours)}.`,
    { start: token.start, end: name.end + 1 },
    readable &&
      (ours !== 'site' || value === '' || value.includes('.')) &&
      (ours !== 'is' || STATES.has(value.toLowerCase()))
      ? repaired
      : undefined,
  )
}

/**
 * The code of a language or country by what another product calls it (english, en-US, Russia); null where that is none, undefined
 * where the value is not in the same run: quoted, or a list.
 */
export function valueOfCode(field: 'lang' | 'country', value: string): string | null | undefined {
  if (value === '') return undefined
  if (field === 'lang' ? /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(value) : /^[a-z]{2}$/i.test(value))
    return value
  return codeOf(field, value) ?? null
}

function canonicalValue(field: ValueField, text: string): string {
  switch (field) {
    case 'site':
      return text
        .toLowerCase()
        .replace(/^[a-z]+:\/\//, '')
        .replace(/[/?#].*$/, '')
        .replace(/^www\./, '')
    case 'lang':
      return text.toLowerCase().replaceAll('_', '-')
    case 'kind':
    case 'theme':
      return text.toLowerCase()
    case 'event': {
      const number = /^\d{1,15}$/.test(text) ? Number(text) : 0
      return number === 0 ? '' : String(number)
    }
    case 'country':
    case 'bloc':
      return text.toUpperCase()
    default:
      return foldValue(text)
  }
}

function dateOrError(text: string, op: string, at: At): string {
  if (op === 'within') {
    const length = canonicalDuration(text)
    if (length !== null) return length
    throw new QueryError(
      'within: takes a number with h, d, w or m (hours, days, weeks, months): within:7d.',
      at,
    )
  }
  const value = canonicalDate(text)
  if (value === null)
    throw new QueryError(
      `There is no such date: write ${op}:2025-05-01, or with a time ${op}:2025-05-01T18:40.`,
      at,
    )
  return value
}

const EXAMPLES: Record<string, string> = {
  source: 'source:"BBC World"',
  author: 'author:"Jane Doe"',
  site: 'site:bbc.co.uk',
  lang: 'lang:ru',
  country: 'country:RU',
  bloc: 'bloc:EU',
  kind: 'kind:state',
  theme: 'theme:russia-china',
  entity: 'entity:"Xi Jinping"',
  alert: 'alert:pipelines',
  event: 'event:12',
  is: 'is:unread',
  has: 'has:note',
  within: 'within:7d',
  case: 'case:"US"',
}
/** How a field is written, for messages. */
export const example = (name: string): string =>
  EXAMPLES[name] ?? (FIELDS.get(name)?.kind === 'date' ? `${name}:2025-05-01` : `${name}:sanctions`)
