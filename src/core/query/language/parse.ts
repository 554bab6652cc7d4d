import { foldValue } from '../words/words.ts'
import {
  type And,
  type At,
  type Near,
  type Or,
  type Query,
  QueryError,
  type QueryWarning,
  type Term,
  type TermGroup,
  type ValueField,
  type WordsTerm,
} from './ast.ts'
import { canonicalDate, canonicalDuration } from './dateValue.ts'
import { FIELDS, type Field, nearest, STATES } from './fields.ts'
import { printQuery } from './print.ts'
import { QUOTES, scan, type Token } from './scan.ts'
import { readTerm } from './term.ts'
import { checkUse, type Use } from './use.ts'

export type { Use } from './use.ts'

const MAX_BYTES = 65_536
const MAX_TERMS = 2000
const MAX_DEPTH = 50

export interface ParseOptions {
  /** What the query is for: themes and alerts may not use everything. */
  readonly use: Use
  /** The concepts there are; without them any name will do. */
  readonly concepts?: Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>
}

/**
 * Reads query text. Linear in its length; never throws anything but a QueryError.
 * @throws QueryError with the place, a plain sentence, and where one is near the repaired text
 */
export function parseQuery(text: string, options: ParseOptions): { query: Query; warnings: QueryWarning[] } {
  const whole = { start: 0, end: text.length }
  // A UTF-16 unit takes three bytes at most: short texts need not be counted.
  if (text.length > MAX_BYTES / 3 && new TextEncoder().encode(text).length > MAX_BYTES)
    throw new QueryError(
      'This query is longer than 64 KiB. Split it, or put word lists into a concept.',
      whole,
    )
  if (text.trim() === '') throw new QueryError('The query is empty.', whole)
  const parser = new Parser(text, options)
  const query = parser.parse()
  checkUse(query, options.use)
  return { query, warnings: parser.warnings }
}

/** Reads one form of a concept: a word, a phrase, a wildcard or a `case:` term. */
export function parseTerm(text: string): WordsTerm {
  const plain = PLAIN_FORM.test(text) ? plainForm(text) : undefined
  if (plain !== undefined) return plain
  const { query } = parseQuery(text, { use: 'match' })
  if (query.type !== 'words')
    throw new QueryError('A form is a word, a phrase in quotation marks, a wildcard, or case:Word.', {
      start: 0,
      end: text.length,
    })
  return query
}

/** What nearly all forms are, by the ten thousand: words in quotation marks, or one alone that is no operator. */
const PLAIN_FORM = new RegExp(
  `^(?:"[^${QUOTES}]{1,1000}"|(?!(?:AND|OR|NOT|O?NEAR|AROUND)$)[\\p{L}\\p{N}]{1,1000}\\*?)$`,
  'u',
)

/** A plain form without the detour over tokens; undefined where something is wrong with it that the parser tells better. */
function plainForm(text: string): WordsTerm | undefined {
  const at = { start: 0, end: text.length }
  try {
    return { ...readTerm(text.startsWith('"') ? text.slice(1, -1) : text, at), at }
  } catch {
    return undefined
  }
}

/** Recursive descent over the tokens; depth is limited, so the stack is too. */
class Parser {
  readonly warnings: QueryWarning[] = []
  private readonly text: string
  private readonly options: ParseOptions
  private readonly tokens: Token[]
  private at = 0
  private depth = 0
  private terms = 0
  private inField = false

  constructor(text: string, options: ParseOptions) {
    this.text = text
    this.options = options
    this.tokens = scan(text)
  }

  parse(): Query {
    const query = this.or()
    const rest = this.peek()
    if (rest.kind === 'close') throw new QueryError('This bracket closes nothing.', rest, this.without(rest))
    if (rest.kind !== 'end') throw new QueryError('The query cannot be read from here on.', rest)
    return query
  }

  private or(): Query {
    const start = this.peek().start
    const members = [this.and()]
    while (this.isOperator('OR')) {
      const operator = this.next()
      this.expectOperand(operator)
      members.push(this.and())
    }
    if (members.length === 1) return (members[0] as { query: Query }).query
    const query = join(
      'or',
      members.map((m) => m.query),
      { start, end: this.before() },
    )
    if (members.some((m) => m.loose))
      this.warnings.push({
        message: `AND binds before OR; read as: ${printQuery(query)}`,
        at: query.at as At,
      })
    return query
  }

  /** `loose`: joined by AND or by a space, without brackets. */
  private and(): { query: Query; loose: boolean } {
    const start = this.peek().start
    const members = [this.not()]
    for (;;) {
      if (this.isOperator('AND')) {
        const operator = this.next()
        this.expectOperand(operator)
      } else if (this.atEnd() || this.isOperator('OR')) break
      members.push(this.not())
    }
    if (members.length === 1) return { query: members[0] as Query, loose: false }
    return { query: join('and', members, { start, end: this.before() }), loose: true }
  }

  private not(): Query {
    const token = this.peek()
    const minus = token.kind === 'run' && token.text.startsWith('-')
    if (!minus && !this.isOperator('NOT')) return this.near()
    if (minus && token.text === '-' && !this.peek(1).glued)
      throw new QueryError(
        'A lone - says nothing. Put it right before what must not occur: -football.',
        token,
      )
    if (minus) this.split(token, 1)
    else this.expectOperand(this.next())
    if (minus && this.atEnd()) throw new QueryError('A - needs a word right after it: -football.', token)
    const of = this.deeper(token, () => this.not())
    return { type: 'not', of, at: { start: token.start, end: this.before() } }
  }

  private near(): Query {
    let left = this.primary()
    for (;;) {
      const operator = this.nearOperator()
      if (operator === null) return left
      this.expectOperand(operator.token)
      const right = this.primary()
      const at = { start: left.at?.start ?? 0, end: this.before() }
      left = {
        type: 'near',
        distance: operator.distance,
        ordered: operator.ordered,
        left: this.operand(left, operator.token, true) as Near['left'],
        right: this.operand(right, operator.token, false) as Term | TermGroup,
        at,
      }
    }
  }

  private operand(query: Query, operator: Token, left: boolean): Query {
    if (query.type === 'words' || query.type === 'concept') return query
    if (query.type === 'or' && query.of.every((m) => m.type === 'words' || m.type === 'concept')) return query
    if (query.type === 'near') {
      if (left) return query
      throw new QueryError(
        'A NEAR group may stand on the left of NEAR, not on the right: turn the two around.',
        query.at ?? operator,
      )
    }
    throw new QueryError(
      `${operator.text} joins words, phrases, wildcards, concepts or OR-groups of them.`,
      query.at ?? operator,
    )
  }

  private nearOperator(): { token: Token; distance: number; ordered: boolean } | null {
    const token = this.peek()
    if (token.kind !== 'run') return null
    const m = /^(O?NEAR)(?:\/(\d{1,6})(f?))?$/.exec(token.text)
    if (m !== null) {
      this.next()
      return { token, distance: Number(m[2] ?? 4), ordered: m[1] === 'ONEAR' || m[3] === 'f' }
    }
    if (/^O?NEAR\//.test(token.text))
      throw new QueryError('After NEAR/ comes how many words may stand between: NEAR/5.', token)
    if (token.text !== 'AROUND') return null
    const [open, number, close] = [this.peek(1), this.peek(2), this.peek(3)]
    if (open.kind !== 'open' || !/^\d{1,6}$/.test(number.text) || close.kind !== 'close') return null
    this.at += 4
    return { token, distance: Number(number.text), ordered: false }
  }

  private primary(): Query {
    const token = this.peek()
    switch (token.kind) {
      case 'open':
        return this.bracket()
      case 'phrase':
        return this.phrase()
      case 'run':
        return this.run()
      case 'end':
        throw new QueryError('Something is missing at the end of the query.', token)
      case 'close':
        throw new QueryError(
          this.tokens[this.at - 1]?.kind === 'open'
            ? 'These brackets are empty.'
            : 'Something is missing before this bracket.',
          token,
        )
      case 'comma':
        throw new QueryError('Something is missing before this comma.', token)
      default:
        throw new QueryError('This needs a term right before it.', token)
    }
  }

  private bracket(): Query {
    const open = this.next()
    const of = this.deeper(open, () => this.or())
    const close = this.peek()
    if (close.kind !== 'close')
      throw new QueryError('This bracket is never closed.', open, `${this.text.trimEnd()})`)
    this.next()
    return { ...of, at: { start: open.start, end: close.end } }
  }

  private phrase(): Query {
    const token = this.next()
    const at = { start: token.start, end: token.end }
    const inner = { start: token.start + 1, end: token.end - 1 }
    const term = { ...this.term(token.text, inner), at }
    const slop = this.peek()
    if (slop.kind !== 'slop') return this.counted(term)
    this.next()
    const distance = Number(slop.text)
    const wide = { start: token.start, end: slop.end }
    const alone = term.words.map(
      (word): WordsTerm => ({ type: 'words', words: [word], exact: false, at: wide }),
    )
    if (alone.length === 1) return alone[0] as WordsTerm
    if (alone.length === 2)
      return {
        type: 'near',
        distance,
        ordered: false,
        left: alone[0] as WordsTerm,
        right: alone[1] as WordsTerm,
        at: wide,
      }
    return { type: 'window', distance, words: term.words, at: wide }
  }

  private run(): Query {
    const token = this.next()
    const { text } = token
    this.refuseForeign(token)
    const any = /^ANY\/(\d{1,6})$/.exec(text)
    if (any !== null) return this.any(token, Number(any[1]))
    if (text.startsWith('@')) return this.concept(token)
    const repeat = /^repeat(\d{1,6}):/i.exec(text)
    if (repeat !== null) return this.repeat(token, repeat)
    const named = /^([A-Za-z]+):/.exec(text)
    if (named !== null) return this.field(token, named[1] as string)
    return this.counted(this.term(text, token))
  }

  private any(token: Token, atLeast: number): Query {
    const open = this.next()
    if (open.kind !== 'open')
      throw new QueryError(`After ${token.text} comes a list: ${token.text} (oil, gas, coal).`, token)
    const members = new Map<string, Query>()
    this.deeper(open, () => {
      for (;;) {
        const member = this.or()
        const key = printQuery(member)
        if (!members.has(key)) members.set(key, member)
        if (this.peek().kind !== 'comma') return
        this.next()
      }
    })
    const close = this.next()
    if (close.kind !== 'close')
      throw new QueryError('This list is never closed.', open, `${this.text.trimEnd()})`)
    if (atLeast === 0 || atLeast > members.size)
      throw new QueryError(
        `${token.text} asks for ${atLeast} of ${members.size} different members: write a number from 1 to ${members.size}.`,
        token,
      )
    return { type: 'any', atLeast, of: [...members.values()], at: { start: token.start, end: close.end } }
  }

  private concept(token: Token): Query {
    const [written, rest] = [/^[a-z0-9-]*/i, /[^a-z0-9-].*$/i].map(
      (part) => part.exec(token.text.slice(1))?.[0] ?? '',
    )
    const name = (written as string).toLowerCase()
    const known = this.options.concepts
    if (rest !== '' || !/^[a-z0-9]/.test(name)) {
      const end = token.start + 1 + name.length
      throw new QueryError(
        'A concept is @ and its name in letters, digits and hyphens: @china.',
        rest === '' ? token : { start: end, end: token.end },
        // What follows the name may just be left out where it says nothing.
        known?.has(name) === true && !/[\p{L}\p{N}]/u.test(rest as string)
          ? this.text.slice(0, end) + this.text.slice(token.end)
          : undefined,
      )
    }
    if (known !== undefined && !known.has(name)) {
      const near = nearest(name, known.keys())
      throw new QueryError(
        `There is no concept @${name}.${near === undefined ? '' : ` Did you mean @${near}?`}`,
        token,
        near === undefined
          ? undefined
          : `${this.text.slice(0, token.start)}@${near}${this.text.slice(token.end)}`,
      )
    }
    this.terms++
    return this.counted({ type: 'concept', name, at: { start: token.start, end: token.end } })
  }

  private repeat(token: Token, head: RegExpExecArray): Query {
    const atLeast = Number(head[1])
    const written = { start: token.start, end: token.start + head[0].length }
    if (atLeast === 0) throw new QueryError('repeat wants a number of 1 or more: repeat3:oil.', written)
    this.split(token, head[0].length, true)
    const of = this.primary()
    if (of.type !== 'words' && of.type !== 'concept')
      throw new QueryError('repeat counts a word, a phrase, a wildcard or a concept.', written)
    return { type: 'count', atLeast, of, at: { start: token.start, end: this.before() } }
  }

  private field(token: Token, written: string): Query {
    const name = written.toLowerCase()
    const field = FIELDS.get(name)
    const length = written.length + 1
    if (field === undefined) {
      const rest = token.text.slice(length)
      if (rest.startsWith('//'))
        throw new QueryError(
          'Put an address in quotation marks, or search its host with site:.',
          token,
          `${this.text.slice(0, token.start)}"${token.text}"${this.text.slice(token.end)}`,
        )
      const near = nearest(name, FIELDS.keys())
      throw new QueryError(
        `There is no field “${written}:”.${near === undefined ? ` If you mean the words, put them in quotation marks.` : ` Did you mean ${near}:?`}`,
        { start: token.start, end: token.start + length },
        near === undefined
          ? undefined
          : `${this.text.slice(0, token.start)}${near}${this.text.slice(token.start + written.length)}`,
      )
    }
    this.split(token, length, true)
    const value = this.peek()
    if (!value.glued || this.atEnd())
      throw new QueryError(`After ${name}: comes its value, without a space: ${example(name)}.`, token)
    if (field.kind === 'text')
      return this.textField({ start: token.start, end: token.start + length }, field.field)
    if (field.kind === 'case') {
      const quoted = this.next()
      if (quoted.kind !== 'run' && quoted.kind !== 'phrase')
        throw new QueryError('case: takes a word or a phrase in quotation marks: case:"US".', token)
      const inner = quoted.kind === 'phrase' ? { start: quoted.start + 1, end: quoted.end - 1 } : quoted
      return this.counted({
        ...this.term(quoted.text, inner, true),
        at: { start: token.start, end: quoted.end },
      })
    }
    return this.values(token, name, field)
  }

  private textField(name: At, field: 'title' | 'summary' | 'text'): Query {
    if (this.inField)
      throw new QueryError('Fields do not nest: close the brackets of the outer one first.', name)
    this.inField = true
    const of = this.deeper(name, () => this.primary())
    this.inField = false
    return { type: 'field', field, of, at: { start: name.start, end: this.before() } }
  }

  /** One value, or a bracketed list of them: `lang:(ru OR en)`. */
  private values(token: Token, name: string, field: Field): Query {
    if (this.peek().kind !== 'open') return this.value(token, name, field)
    const open = this.next()
    const members: Query[] = []
    for (;;) {
      if (this.peek().kind === 'close' || this.peek().kind === 'end')
        throw new QueryError(
          members.length === 0 ? 'These brackets are empty.' : 'This list is never closed or lacks a value.',
          open,
        )
      members.push(this.value(this.peek(), name, field))
      if (this.isOperator('OR')) this.next()
      else break
    }
    const close = this.next()
    if (close.kind !== 'close')
      throw new QueryError(
        `Values in brackets are joined by OR: ${name}:(a OR b).`,
        close.kind === 'end' ? open : close,
      )
    const at = { start: token.start, end: close.end }
    return members.length === 1 ? { ...(members[0] as Query), at } : join('or', members, at)
  }

  private value(token: Token, name: string, field: Field): Query {
    const read = this.next()
    const at = { start: token.start, end: read.end }
    if (read.kind !== 'run' && read.kind !== 'phrase')
      throw new QueryError(`After ${name}: comes its value: ${example(name)}.`, at)
    this.terms++
    const text = read.text.trim()
    if (field.kind === 'date')
      return { type: 'date', op: field.op, value: dateOrError(text, field.op, read), at }
    if (field.kind === 'has') {
      if (text.toLowerCase() === 'note') return { type: 'state', state: 'note', at }
      throw new QueryError('has: knows has:note.', read)
    }
    if (field.kind === 'is') {
      const state = STATES.get(text.toLowerCase())
      if (state === undefined)
        throw new QueryError(`is: knows ${[...STATES.keys()].map((s) => `is:${s}`).join(', ')}.`, read)
      return { type: 'state', state, at }
    }
    if (field.kind !== 'value') throw new QueryError(`${name}: cannot take this value.`, at)
    const value = canonicalValue(field.field, text)
    if (value === '') throw new QueryError(`The value of ${name}: holds no word.`, read)
    return { type: 'filter', field: field.field, value, at }
  }

  private counted(term: Term): Query {
    const times = this.peek()
    if (times.kind !== 'times' || !times.glued) return term
    this.next()
    return {
      type: 'count',
      atLeast: Number(times.text),
      of: term,
      at: { start: term.at?.start ?? 0, end: times.end },
    }
  }

  private term(source: string, at: At, exact = false): WordsTerm {
    if (++this.terms > MAX_TERMS)
      throw new QueryError(
        `This query has more than ${MAX_TERMS.toLocaleString('en')} terms. Put word lists into a concept.`,
        at,
      )
    try {
      return readTerm(source, { start: at.start, end: at.end }, exact)
    } catch (error) {
      if (!(error instanceof QueryError) || error.repair === undefined) throw error
      const repaired = this.text.slice(0, at.start) + error.repair + this.text.slice(at.end)
      throw new QueryError(error.message, error.at, repaired)
    }
  }

  /** Forms of other tools that mean something else here, or nothing: name ours. */
  private refuseForeign(token: Token): void {
    const { text } = token
    /** `part`: what of the token is meant, where that is not all of it. */
    const instead = (message: string, replacement?: string, part: string = text): never => {
      const start = token.start + text.indexOf(part)
      throw new QueryError(
        message,
        { start, end: start + part.length },
        replacement === undefined
          ? undefined
          : this.text.slice(0, token.start) + replacement + this.text.slice(token.end),
      )
    }
    const within = /^(W|N|PRE|P)\/(\d{1,6})$/.exec(text)
    if (within !== null) {
      const ours = `${(within[1] as string).startsWith('P') ? 'ONEAR' : 'NEAR'}/${within[2]}`
      instead(`${text} is written ${ours} here.`, ours)
    }
    if (text === '&&' || text === '&') instead('Both words: write AND, or just a space.', 'AND')
    if (text === '||' || text === '|') instead('Either word: write OR.', 'OR')
    if (/^!./.test(text))
      instead('A word that must not occur: write NOT before it, or -.', `-${text.slice(1)}`, '!')
    if (/^\+./.test(text))
      instead('Every word is required unless OR stands between: leave the + out.', text.slice(1), '+')
    if (/^\/.+\/[a-z]*$/.test(text))
      instead('Regular expressions are not part of the language: use wildcards (sanction*) and NEAR.')
    const weight = /(?<=[\p{L}\p{N}])\^\d[\d.]*/u.exec(text)?.[0]
    if (weight !== undefined)
      instead('Weights (^2) are not part of the language.', text.replace(weight, ''), weight)
    if (/^[~]\d/.test(text)) instead('~5 goes right after a phrase: "xi putin"~5.')
    if (/^[\p{L}\p{N}]+~\d*$/u.test(text))
      instead(
        'Words spelled alike (word~) are not searched: use a wildcard: sanction*.',
        undefined,
        text.slice(text.indexOf('~')),
      )
    if (/^(AND|OR|NOT)$/.test(text)) instead(`${text} needs something on both sides.`)
    if (/^(O?NEAR(\/\d+f?)?|AROUND)$/.test(text))
      instead(`${text} stands between two terms: xi NEAR/5 putin.`)
    if (text === '*') instead('A lone * matches nothing: put it at the end of a word: sanction*.')
  }

  private deeper<T>(at: At, inside: () => T): T {
    if (++this.depth > MAX_DEPTH)
      throw new QueryError(`Brackets, NOT and fields are nested more than ${MAX_DEPTH} deep.`, at)
    const result = inside()
    this.depth--
    return result
  }

  /** Replaces the current (or last read) run by what follows its first `length` characters. */
  private split(token: Token, length: number, wasRead = false): void {
    if (wasRead) this.at--
    const text = token.text.slice(length)
    if (text === '') {
      this.at++
      return
    }
    this.tokens[this.at] = { kind: 'run', text, start: token.start + length, end: token.end, glued: true }
  }

  private expectOperand(operator: Token): void {
    if (this.atEnd() || this.isOperator('AND') || this.isOperator('OR'))
      throw new QueryError(`Something is missing after ${operator.text}.`, operator)
  }

  private isOperator(name: 'AND' | 'OR' | 'NOT'): boolean {
    const token = this.peek()
    return token.kind === 'run' && token.text === name
  }

  private atEnd(): boolean {
    const { kind } = this.peek()
    return kind === 'end' || kind === 'close' || kind === 'comma'
  }

  private peek(ahead = 0): Token {
    return (this.tokens[this.at + ahead] ?? this.tokens.at(-1)) as Token
  }

  private next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.at++
    return token
  }

  /** Where the last read token ends. */
  private before(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  private without(token: Token): string {
    return this.text.slice(0, token.start) + this.text.slice(token.end)
  }
}

/** Joins members, taking in those of the same type. */
function join(type: 'and' | 'or', members: readonly Query[], at: At): And | Or {
  return { type, of: members.flatMap((member) => (member.type === type ? member.of : [member])), at } as
    | And
    | Or
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
  is: 'is:unread',
  has: 'has:note',
  within: 'within:7d',
  case: 'case:"US"',
}
const example = (name: string): string =>
  EXAMPLES[name] ?? (FIELDS.get(name)?.kind === 'date' ? `${name}:2025-05-01` : `${name}:sanctions`)
