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
  type TextField,
  type WordsTerm,
} from './ast.ts'
import { Cursor } from './cursor.ts'
import { FIELDS } from './fields.ts'
import { example, readValues, unknownField } from './fieldValues.ts'
import { foreignOperators } from './foreignOperators.ts'
import { refuseForeignSyntax } from './foreignSyntax.ts'
import { nearest } from './nearest.ts'
import { anyOperator, isNear, nearOperator } from './operators.ts'
import { printQuery } from './print.ts'
import type { Token } from './scan.ts'
import { readTerm } from './term.ts'

/** The concepts there are; without them any name will do. */
export type KnownConcepts = Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>

const MAX_TERMS = 2000
const MAX_DEPTH = 50

/**
 * The grammar (docs/query-language.md), by recursive descent: OR, AND, NOT, NEAR, then terms, groups, lists and fields. Depth
 * is limited, so the stack is too.
 */
export class Parser {
  readonly warnings: QueryWarning[] = []
  private readonly concepts: KnownConcepts | undefined
  private readonly cursor: Cursor
  private depth = 0
  private terms = 0
  private inField = false

  /** @throws QueryError for text that cannot be cut into tokens */
  constructor(text: string, concepts?: KnownConcepts) {
    this.concepts = concepts
    this.cursor = new Cursor(text)
  }

  /** @throws QueryError */
  parse(): Query {
    const query = this.or()
    const rest = this.cursor.peek()
    if (rest.kind === 'close')
      throw new QueryError('This bracket closes nothing.', rest, this.cursor.replaced(rest, ''))
    if (rest.kind !== 'end') throw new QueryError('The query cannot be read from here on.', rest)
    this.warnings.push(...foreignOperators(this.cursor.all, this.cursor.text))
    return query
  }

  private or(): Query {
    const start = this.cursor.peek().start
    const members = [this.and()]
    while (this.cursor.isOperator('OR')) {
      const operator = this.cursor.next()
      this.expectOperand(operator)
      members.push(this.and())
    }
    if (members.length === 1) return (members[0] as { query: Query }).query
    const query = join(
      'or',
      members.map((m) => m.query),
      { start, end: this.cursor.lastEnd() },
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
    const start = this.cursor.peek().start
    const members = [this.not()]
    for (;;) {
      if (this.cursor.isOperator('AND')) {
        const operator = this.cursor.next()
        this.expectOperand(operator)
      } else if (this.cursor.atEnd() || this.cursor.isOperator('OR')) break
      members.push(this.not())
    }
    if (members.length === 1) return { query: members[0] as Query, loose: false }
    return { query: join('and', members, { start, end: this.cursor.lastEnd() }), loose: true }
  }

  private not(): Query {
    const token = this.cursor.peek()
    const minus = token.kind === 'run' && token.text.startsWith('-')
    if (!minus && !this.cursor.isOperator('NOT')) return this.near()
    if (minus && token.text === '-' && !this.cursor.peek(1).glued)
      throw new QueryError(
        'A lone - says nothing. Put it right before what must not occur: -football.',
        token,
      )
    if (minus) this.cursor.cut(token, 1)
    else this.expectOperand(this.cursor.next())
    if (minus && this.cursor.atEnd())
      throw new QueryError('A - needs a word right after it: -football.', token)
    const of = this.deeper(token, () => this.not())
    return { type: 'not', of, at: { start: token.start, end: this.cursor.lastEnd() } }
  }

  private near(): Query {
    let left = this.primary()
    for (;;) {
      const operator = this.nearOperator()
      if (operator === null) return left
      this.expectOperand(operator.token)
      this.refuseNegated(left, operator.token)
      const right = this.primary()
      const at = { start: left.at?.start ?? 0, end: this.cursor.lastEnd() }
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
    const token = this.cursor.peek()
    if (token.kind !== 'run') return null
    const near = nearOperator(token.text)
    if (near !== null) {
      this.cursor.next()
      this.refuseBracketed(token)
      return { token, ...near }
    }
    if (isNear(token.text)) throw this.badDistance(token)
    if (token.text !== 'AROUND') return null
    const [open, number, close] = [this.cursor.peek(1), this.cursor.peek(2), this.cursor.peek(3)]
    if (open.kind !== 'open' || !/^\d{1,6}$/.test(number.text) || close.kind !== 'close') return null
    for (let read = 0; read < 4; read++) this.cursor.next()
    return { token, distance: Number(number.text), ordered: false }
  }

  /** `NEAR/5F`, `NEAR/s`, `NEAR/3-5`. */
  private badDistance(token: Token): QueryError {
    const [name, behind = ''] = token.text.normalize('NFKC').split('/', 2)
    const number = /^(\d{1,6})([fF]?)$|^(\d{1,6})[wW]$/.exec(behind)
    const wide = /^(s|p|sent|para|seg|sentence|paragraph)$/i.test(behind) ? '20' : undefined
    const distance = number?.[1] ?? number?.[3] ?? wide
    const message = 'After NEAR/ comes how many words may stand between: NEAR/5.'
    const next = this.cursor.peek(this.cursor.peek() === token ? 1 : 0)
    if (behind === '' && next.kind === 'run' && /^\d{1,6}$/.test(next.text))
      return new QueryError(
        message,
        token,
        this.cursor.replaced({ start: token.start, end: next.end }, `${name}/${next.text}`),
      )
    return new QueryError(
      message,
      token,
      distance === undefined
        ? undefined
        : this.cursor.replaced(token, `${name}/${distance}${number?.[2] ? 'f' : ''}`),
    )
  }

  /** What must not occur has no place beside NEAR. */
  private refuseNegated(left: Query, operator: Token): void {
    const [not, term] = [this.cursor.peek(), this.cursor.peek(1)]
    const minus = not.kind === 'run' && /^-./.test(not.text)
    if (!minus && not.text !== 'NOT') return
    const right = minus ? not.text.slice(1) : this.cursor.text.slice(term.start, term.end)
    const at = { start: left.at?.start ?? operator.start, end: minus ? not.end : term.end }
    const simple = (minus || term.kind === 'run' || term.kind === 'phrase') && left.type === 'words'
    const written = this.cursor.text.slice(at.start, left.at?.end ?? operator.start)
    const ours = `${written} NOT (${written} ${operator.text} ${right})`
    throw new QueryError(
      'What must not stand near is written NOT (a NEAR/5 b).',
      not,
      simple ? this.cursor.replaced(at, ours) : undefined,
    )
  }

  /** NEAR(5) would be a NEAR/4 of the word 5. */
  private refuseBracketed(operator: Token): void {
    const [open, number, close] = [this.cursor.peek(), this.cursor.peek(1), this.cursor.peek(2)]
    if (open.kind === 'times' && open.glued) {
      const ours = `${operator.text}/${open.text}`
      const at = { start: operator.start, end: open.end }
      throw new QueryError(
        `${operator.text}{${open.text}} is written ${ours} here.`,
        at,
        this.cursor.replaced(at, ours),
      )
    }
    if (open.kind !== 'open' || !open.glued || !/^\d{1,6}$/.test(number.text) || close.kind !== 'close')
      return
    const ours = `${operator.text}/${number.text}`
    const at = { start: operator.start, end: close.end }
    throw new QueryError(
      `${operator.text}(${number.text}) is written ${ours} here.`,
      at,
      this.cursor.replaced(at, ours),
    )
  }

  private primary(): Query {
    const token = this.cursor.peek()
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
          this.cursor.peek(-1).kind === 'open'
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
    const open = this.cursor.next()
    const of = this.deeper(open, () => this.or())
    const close = this.cursor.peek()
    if (close.kind !== 'close')
      throw new QueryError('This bracket is never closed.', open, `${this.cursor.text.trimEnd()})`)
    this.cursor.next()
    return { ...of, at: { start: open.start, end: close.end } }
  }

  private phrase(): Query {
    const token = this.cursor.next()
    const at = { start: token.start, end: token.end }
    const inner = { start: token.start + 1, end: token.end - 1 }
    const term = { ...this.term(token.text, inner), at }
    const slop = this.cursor.peek()
    if (slop.kind !== 'slop') return this.counted(term)
    this.cursor.next()
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
    const token = this.cursor.next()
    const { text } = token
    refuseForeignSyntax(token, this.cursor)
    this.refuseMisplaced(token)
    if (/^-[\p{L}\p{N}@]/u.test(text))
      throw new QueryError('A - stands before a whole term, its field included: -title:football.', token)
    const atLeast = anyOperator(text)
    if (atLeast !== null) return this.any(token, atLeast)
    if (text.startsWith('@')) return this.concept(token)
    const repeat = /^repeat(\d{1,6}):/i.exec(text)
    if (repeat !== null) return this.repeat(token, repeat)
    const named = /^([A-Za-z]+):/.exec(text)
    if (named !== null) return this.field(token, named[1] as string)
    return this.counted(this.term(text, token))
  }

  private any(token: Token, atLeast: number): Query {
    const open = this.cursor.next()
    if (open.kind !== 'open')
      throw new QueryError(`After ${token.text} comes a list: ${token.text} (oil, gas, coal).`, token)
    const members = new Map<string, Query>()
    this.deeper(open, () => {
      for (;;) {
        const member = this.or()
        const key = printQuery(member)
        if (!members.has(key)) members.set(key, member)
        if (this.cursor.peek().kind !== 'comma') return
        this.cursor.next()
      }
    })
    const close = this.cursor.next()
    if (close.kind !== 'close')
      throw new QueryError('This list is never closed.', open, `${this.cursor.text.trimEnd()})`)
    if (atLeast === 0 || atLeast > members.size) {
      const [only] = members.values()
      const inner = { start: open.end, end: close.start }
      if (members.size === 1 && only?.type === 'and' && only.of.length >= atLeast && atLeast > 0)
        throw new QueryError(
          `The members of ${token.text} have commas between them: ${token.text} (oil, gas).`,
          { start: open.start, end: close.end },
          this.cursor.replaced(inner, only.of.map((member) => printQuery(member)).join(', ')),
        )
      throw new QueryError(
        `${token.text} asks for ${atLeast} of ${members.size} different members: write a number from 1 to ${members.size}.`,
        token,
      )
    }
    return { type: 'any', atLeast, of: [...members.values()], at: { start: token.start, end: close.end } }
  }

  private concept(token: Token): Query {
    const [written, rest] = [/^[a-z0-9-]*/i, /[^a-z0-9-].*$/i].map(
      (part) => part.exec(token.text.slice(1))?.[0] ?? '',
    )
    const name = (written as string).toLowerCase()
    const known = this.concepts
    if (rest !== '' || !/^[a-z0-9]/.test(name)) {
      const end = token.start + 1 + name.length
      throw new QueryError(
        'A concept is @ and its name in letters, digits and hyphens: @china.',
        rest === '' ? token : { start: end, end: token.end },
        // What follows the name is left out of the repair if it has no letter or digit.
        known?.has(name) === true && !/[\p{L}\p{N}]/u.test(rest as string)
          ? this.cursor.replaced({ start: end, end: token.end }, '')
          : undefined,
      )
    }
    if (known !== undefined && !known.has(name)) {
      const near = nearest(name, known.keys())
      throw new QueryError(
        `There is no concept @${name}.${near === undefined ? '' : ` Did you mean @${near}?`}`,
        token,
        near === undefined ? undefined : this.cursor.replaced(token, `@${near}`),
      )
    }
    this.terms++
    return this.counted({ type: 'concept', name, at: { start: token.start, end: token.end } })
  }

  private repeat(token: Token, head: RegExpExecArray): Query {
    const atLeast = Number(head[1])
    const written = { start: token.start, end: token.start + head[0].length }
    if (atLeast === 0) throw new QueryError('repeat wants a number of 1 or more: repeat3:oil.', written)
    this.cursor.cut(token, head[0].length)
    const of = this.primary()
    if (of.type !== 'words' && of.type !== 'concept')
      throw new QueryError('repeat counts a word, a phrase, a wildcard or a concept.', written)
    return { type: 'count', atLeast, of, at: { start: token.start, end: this.cursor.lastEnd() } }
  }

  private field(token: Token, written: string): Query {
    const name = written.toLowerCase()
    const field = FIELDS.get(name)
    const length = written.length + 1
    if (field === undefined) throw unknownField(token, written, this.cursor)
    this.cursor.cut(token, length)
    const value = this.cursor.peek()
    if (!value.glued || this.cursor.atEnd())
      throw new QueryError(
        `After ${name}: comes its value, without a space: ${example(name)}.`,
        token,
        value.kind === 'run' || value.kind === 'phrase' || value.kind === 'open'
          ? this.cursor.replaced({ start: token.end, end: value.start }, '')
          : undefined,
      )
    if (field.kind === 'text')
      return this.textField({ start: token.start, end: token.start + length }, field.field)
    if (field.kind === 'case') {
      const quoted = this.cursor.next()
      if (quoted.kind !== 'run' && quoted.kind !== 'phrase')
        throw new QueryError('case: takes a word or a phrase in quotation marks: case:"US".', token)
      const inner = quoted.kind === 'phrase' ? { start: quoted.start + 1, end: quoted.end - 1 } : quoted
      return this.counted({
        ...this.term(quoted.text, inner, true),
        at: { start: token.start, end: quoted.end },
      })
    }
    const query = readValues(this.cursor, token, name, field)
    this.terms += query.type === 'or' ? query.of.length : 1
    return query
  }

  private textField(name: At, field: TextField): Query {
    if (this.inField)
      throw new QueryError('Fields do not nest: close the brackets of the outer one first.', name)
    this.inField = true
    const of = this.deeper(name, () => this.primary())
    this.inField = false
    return { type: 'field', field, of, at: { start: name.start, end: this.cursor.lastEnd() } }
  }

  private counted(term: Term): Query {
    const times = this.cursor.peek()
    if (times.kind !== 'times' || !times.glued) return term
    this.cursor.next()
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
      throw new QueryError(error.message, error.at, this.cursor.replaced(at, error.repair))
    }
  }

  private refuseMisplaced(token: Token): void {
    const { text } = token
    if (/^(AND|OR|NOT)$/.test(text)) throw new QueryError(`${text} needs something on both sides.`, token)
    if (nearOperator(text) !== null || text === 'AROUND')
      throw new QueryError(`${text} stands between two terms: xi NEAR/5 putin.`, token)
    if (text === '*')
      throw new QueryError('A lone * matches nothing: put it at the end of a word: sanction*.', token)
  }

  private expectOperand(operator: Token): void {
    if (this.cursor.atEnd() || this.cursor.isOperator('AND') || this.cursor.isOperator('OR'))
      throw new QueryError(`Something is missing after ${operator.text}.`, operator)
  }

  private deeper<T>(at: At, inside: () => T): T {
    if (++this.depth > MAX_DEPTH)
      throw new QueryError(`Brackets, NOT and fields are nested more than ${MAX_DEPTH} deep.`, at)
    const result = inside()
    this.depth--
    return result
  }
}

/** Joins members, taking in those of the same type. */
function join(type: 'and' | 'or', members: readonly Query[], at: At): And | Or {
  return { type, of: members.flatMap((member) => (member.type === type ? member.of : [member])), at } as
    | And
    | Or
}
