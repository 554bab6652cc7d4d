import { type At, QueryError } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { canonicalDate } from './dateValue.ts'
import { FACTIVA, FIELDS, FOREIGN_FIELDS } from './fields.ts'
import { unknownField, valueOfCode } from './fieldValues.ts'
import { refuseFunction } from './foreignFunctions.ts'
import type { Token } from './scan.ts'

/**
 * Refuses operators of other products, which mean something else here or nothing, and names ours.
 * @param token the last one read by the cursor
 * @throws QueryError
 */
export function refuseForeignSyntax(token: Token, cursor: Cursor): void {
  for (const rule of RULES) rule(token, cursor)
}

/** @throws QueryError for the form that it knows */
type Rule = (token: Token, cursor: Cursor) => void

/** @param by what takes the place of the part in the repaired query */
function refuse(cursor: Cursor, at: At, message: string, by?: string): never {
  throw new QueryError(message, at, by === undefined ? undefined : cursor.replaced(at, by))
}

/** `<<<reviewed in May>>>` of Brandwatch. */
const comment: Rule = (token, cursor) => {
  const place = token.text.indexOf('<<<')
  if (place < 0) return
  const start = token.start + place
  const close = cursor.text.indexOf('>>>', start)
  const at = { start, end: close < 0 ? cursor.text.length : close + 3 }
  const rest = cursor.replaced(at, '').trim()
  throw new QueryError('A query holds no comments here: leave it out.', at, rest === '' ? undefined : rest)
}

/** `<NEAR/5>`, `<AND>` of Verity. */
const angled: Rule = (token, cursor) => {
  const name = /^<(AND|OR|NOT|O?NEAR(?:\/\d{1,6})?|SENTENCE|PARAGRAPH|PHRASE|ACCRUE|IN)>$/i.exec(
    token.text,
  )?.[1]
  if (name === undefined) return
  const ours = /^(sentence|paragraph)$/i.test(name)
    ? 'NEAR/20'
    : (ANGLED.get(name.toLowerCase()) ?? name.toUpperCase())
  if (ours === '') refuse(cursor, token, `${token.text}: a field is written before the term here: title:oil.`)
  refuse(cursor, token, `${token.text} is written ${ours} here.`, ours)
}
const ANGLED: ReadonlyMap<string, string> = new Map([
  ['phrase', 'ONEAR/0'],
  ['accrue', 'OR'],
  ['in', ''],
])

/** Signs that stand alone, or right before a phrase or a bracket. */
const sign: Rule = (token, cursor) => {
  const { text } = token
  const next = cursor.peek()
  const glued = next.glued && (next.kind === 'phrase' || next.kind === 'open') ? next.kind : null
  if (text === '!' && glued === 'phrase')
    refuse(cursor, token, 'Exact case is written case:"NATO" here.', 'case:')
  if (text === '!' && glued === 'open')
    refuse(cursor, token, 'What must not occur: write NOT before it, or -.', '-')
  if (/^\++$/.test(text) && glued !== null)
    refuse(cursor, token, 'Every word is required unless OR stands between: leave the + out.', '')
  const alone = ALONE.get(text)
  if (alone === undefined) return
  const [message, by] = alone
  if (by === 'OR' && token.glued)
    refuse(cursor, token, message, cursor.atEnd() ? '' : ` OR${next.glued ? ' ' : ''}`)
  const name = cursor.peek(-2)
  const isField = FIELDS.has(name.text.toLowerCase()) || FOREIGN_FIELDS.has(name.text.toLowerCase())
  if (
    /^(:|=|==)$/.test(text) &&
    name.kind === 'run' &&
    isField &&
    (next.kind === 'run' || next.kind === 'phrase')
  )
    refuse(cursor, { start: name.start, end: next.start }, message, `${name.text}:`)
  refuse(cursor, token, message, by === 'NOT' && cursor.isOperator('NOT') ? '' : by)
}
const BOTH = 'Both words: write AND, or just a space.'
const EITHER = 'Either word: write OR.'
const NONE = 'A word that must not occur: write NOT before it, or -.'
/** Signs, what is said of them, and what takes their place. */
const SIGNS: readonly (readonly [signs: string, message: string, by?: string])[] = [
  ['& && + ＆ ＋ ∧', BOTH, 'AND'],
  ['| || ｜ ∨', EITHER, 'OR'],
  ['! &! % ~~ ！ ¬ -- – — − －', NONE, 'NOT'],
  [', ; ， ； 、', 'Commas say nothing here: write OR for either, AND for both.', 'OR'],
  ['<< >> <->', 'One word after another is written ONEAR.', 'ONEAR'],
  ['~ /', 'How near two words stand is written NEAR/5.'],
  ['= == != <> : < > <= >=', 'A field is written with a colon and no space: title:oil, after:2025-05-01.'],
]
const ALONE: ReadonlyMap<string, readonly [message: string, by?: string | undefined]> = new Map(
  SIGNS.flatMap(([signs, message, by]) => signs.split(' ').map((sign) => [sign, [message, by]] as const)),
)

/** `"xi putin"@5`, `"xi putin"/5`, `"xi putin"~5f`. */
const afterPhrase: Rule = (token, cursor) => {
  const before = cursor.peek(-2)
  if (!token.glued) return
  if (before.kind === 'slop' && /^[fF]$/.test(token.text))
    refuse(cursor, token, 'Words in this order are written xi ONEAR/5 putin here.')
  if (before.kind === 'slop' && /^[.,]\d/.test(token.text))
    refuse(cursor, token, 'How many words may stand between is a whole number: "xi putin"~5.', '')
  if (before.kind === 'phrase' && /^[!$%*]+$/.test(token.text))
    refuse(
      cursor,
      { start: before.start, end: token.end },
      'A wildcard stands right after a word, in a phrase too: "oil price*".',
      /[\p{L}\p{N}]$/u.test(before.text) ? `"${before.text}*"` : undefined,
    )
  const number = /^(?:[@/:~=]|[wWnN]\/?)?(\d{1,6})$/.exec(token.text)?.[1]
  if (before.kind === 'phrase' && number !== undefined)
    refuse(
      cursor,
      token,
      `How many other words may stand in a phrase is written ~${number} here.`,
      `~${number}`,
    )
}

/** `atleast5(oil)` of LexisNexis and Factiva. */
const times: Rule = (token, cursor) => {
  const number = /^(?:atl|atleast)\/?(\d{1,6})$/i.exec(token.text.normalize('NFKC'))?.[1]
  if (number === undefined) return
  const next = cursor.peek()
  const [term, close] = next.kind === 'open' ? [cursor.peek(1), cursor.peek(2)] : [next, next]
  const one =
    (term.kind === 'run' || term.kind === 'phrase') && (next.kind !== 'open' || close.kind === 'close')
  // Not `atleast5 OR oil`.
  const usable = one && !/^(AND|OR|NOT|O?NEAR.*)$/.test(term.text)
  const at = usable && next.kind === 'open' ? { start: token.start, end: close.end } : token
  const counted = `${cursor.text.slice(term.start, term.end)}{${number}}`
  const whole = usable ? { start: token.start, end: close.end } : at
  throw new QueryError(
    `${token.text} is written {${number}} right after a term here: ${usable ? counted : `oil{${number}}`}.`,
    at,
    usable && Number(number) > 0 ? cursor.replaced(whole, counted) : undefined,
  )
}

/** `customi?e`, `wom#n`, `ba%nana`: a letter left open. */
const openLetter: Rule = (token, cursor) => {
  const { text } = token
  if (/^[A-Za-z]+:/.test(text)) return
  const open = /(?<!\?)\?+(?=[\p{L}\p{N}])|(?<=\p{L})[#%]+(?=\p{L})/u.exec(text)?.[0]
  if (open === undefined) return
  const mark = open.at(-1) as string
  const begun = /^([\p{L}\p{N}]+)[?#%]/u.exec(text)?.[1]
  refuse(
    cursor,
    token,
    `A ${mark} for one letter cannot be searched: list the spellings (organise OR organize)${begun === undefined ? '' : `, or write ${begun}*`}.`,
    begun === undefined ? undefined : `${begun}*`,
  )
}

/** `oil||gas`, `oil&&gas`. */
const joined: Rule = (token, cursor) => {
  const { text } = token
  if (/^[\p{L}\p{N}*]+(\|{1,2}[\p{L}\p{N}*]+)+$/u.test(text))
    refuse(cursor, token, EITHER, `(${text.split(/\|+/).join(' OR ')})`)
  if (/^[\p{L}\p{N}*]+(&&[\p{L}\p{N}*]+)+$/u.test(text))
    refuse(cursor, token, BOTH, `(${text.split('&&').join(' AND ')})`)
}

/** `^2`, `oil^2` of Lucene and Meltwater. */
const weight: Rule = (token, cursor) => {
  const message = 'Weights (^2) are not part of the language.'
  const weighed = /(?:^|(?<=[\p{L}\p{N}*]))\^\d[\d.]*/u.exec(token.text)
  if (weighed === null) return
  const start = token.start + weighed.index
  refuse(cursor, { start, end: start + weighed[0].length }, message, '')
}

/** `W/5`, `WITHIN/5`: operators in capitals. */
const within: Rule = (token, cursor) => {
  const [, name, number] = /^(WITHIN|NEXT|ADJ|W|N|PRE|P)\/(\d{1,6})$/.exec(token.text) ?? []
  if (name === undefined) return
  const ours = `${/^(P|PRE|NEXT|ADJ)$/.test(name) ? 'ONEAR' : 'NEAR'}/${number}`
  refuseNot(token, cursor, ours)
  refuse(cursor, token, `${token.text} is written ${ours} here.`, ours)
}

/** `oil NOT NEAR/5 gas`, `oil NOT W/5 gas`: a NOT around the NEAR. */
function refuseNot(token: Token, cursor: Cursor, ours: string): void {
  const [left, not, right] = [cursor.peek(-3), cursor.peek(-2), cursor.peek()]
  if (not.text !== 'NOT' || not.kind !== 'run') return
  const simple = [left, right].every(({ kind }) => kind === 'run' || kind === 'phrase')
  const written = ({ start, end }: Token): string => cursor.text.slice(start, end)
  const form = simple ? `NOT (${written(left)} ${ours} ${written(right)})` : 'NOT (a NEAR/5 b)'
  throw new QueryError(
    `NOT ${token.text} is not known here. Stories where the two never stand near: ${form}.`,
    { start: not.start, end: token.end },
    simple ? cursor.replaced({ start: not.start, end: right.end }, form) : undefined,
  )
}
const notNear: Rule = (token, cursor) => {
  if (/^O?NEAR(\/\d{1,6}f?)?$/.test(token.text)) refuseNot(token, cursor, token.text)
}

/** `oil /n5/ gas`, `oil/f50/` of Factiva; `+5`, `+s` of Westlaw. */
const slashed: Rule = (token, cursor) => {
  const { text } = token
  const [factiva, left, kind, number, right] = /^(.*?)\/([nf])(\d{1,3})\/(.*)$/i.exec(text) ?? []
  if (factiva !== undefined && kind?.toLowerCase() === 'f')
    refuse(cursor, token, `Where in a story a word stands is asked by field here: title:oil or summary:oil.`)
  if (factiva !== undefined) {
    const ours = `NEAR/${number}`
    refuse(
      cursor,
      token,
      `/N${number}/ is written ${ours} here.`,
      [left, ours, right].filter((part) => part !== '').join(' '),
    )
  }
  const before = cursor.peek(-2).kind
  const between = before !== 'end' && before !== 'open' && !cursor.atEnd() && token.start > 0
  const [, after] = /^\+(\d{1,6}|s|p)$/i.exec(text) ?? []
  if (after === undefined || !between) return
  const ours = /\d/.test(after) ? `ONEAR/${after}` : 'ONEAR/20'
  refuse(cursor, token, `${text} is written ${ours} here.`, ours)
}

/** Signs at the beginning or the end of a word: `!oil`, `+oil`, `oil~2`, `/oi.*l/`. */
const marked: Rule = (token, cursor) => {
  const { text, start, end } = token
  const signs = (length: number): At => ({ start, end: start + length })
  const plus = /^\++(?=.)/.exec(text)?.[0]
  if (plus !== undefined)
    refuse(
      cursor,
      signs(plus.length),
      'Every word is required unless OR stands between: leave the + out.',
      '',
    )
  const not = /^[!¬]+(?=.)/.exec(text)?.[0]
  if (not !== undefined) refuse(cursor, signs(not.length), NONE, '-')
  if (/^\/.+\/[a-z]*$/.test(text))
    refuse(
      cursor,
      token,
      'Regular expressions are not part of the language: use wildcards (sanction*) and NEAR.',
    )
  const alike = /^([\p{L}\p{N}*]+)~[\d.]*$/u.exec(text)?.[1]
  if (alike !== undefined)
    refuse(
      cursor,
      { start: start + alike.length, end },
      'Words spelled alike (word~) are not searched: use a wildcard: sanction*.',
      alike.length < 3 || alike.endsWith('*') ? undefined : '*',
    )
}

/** `[a TO b]` of Elasticsearch, and the fields in square brackets of PubMed: `oil[ti]`. */
const bracketed: Rule = (token, cursor) => {
  const rest = cursor.text.slice(token.start, token.start + LONGEST_RANGE)
  const range = /^\S*?[[{]\S+ TO \S+?[\]}]/.exec(rest)
  if (range !== null)
    refuse(
      cursor,
      { start: token.start, end: token.start + range[0].length },
      'A range is written after:2025-01-01 before:2025-02-01 here.',
    )
  const tag = /^([^[\]]*)\[([a-z][a-z/ ]*)\]/i.exec(rest)
  if (tag === null) return
  const [whole, word = '', name = ''] = tag
  const ours = PUBMED.get(name.toLowerCase())
  if (ours === undefined) return
  const before = cursor.peek(-2)
  const quoted = word === '' && token.glued && before.kind === 'phrase' ? before : undefined
  const at = { start: quoted?.start ?? token.start, end: token.start + whole.length }
  const term = quoted === undefined ? word : cursor.text.slice(quoted.start, quoted.end)
  refuse(
    cursor,
    at,
    `[${name}] is written ${ours} before the term here: ${ours}${term || 'oil'}.`,
    term === '' ? undefined : `${ours}${term}`,
  )
}
const LONGEST_RANGE = 200
const PUBMED: ReadonlyMap<string, string> = new Map([
  ...['ti', 'title', 'ab', 'tiab', 'title/abstract'].map((name) => [name, 'title:'] as const),
  ...['tw', 'text', 'text word', 'all', 'all fields', 'mh', 'mesh', 'mesh terms'].map(
    (name) => [name, 'text:'] as const,
  ),
  ...['au', 'author'].map((name) => [name, 'author:'] as const),
  ...['la', 'lang', 'language'].map((name) => [name, 'lang:'] as const),
  ...['ta', 'journal', 'so'].map((name) => [name, 'source:'] as const),
  ...['dp', 'pdat', 'date'].map((name) => [name, 'on:'] as const),
])

/** `oil.ti.`, `"oil price".ti,ab.` of Ovid. */
const dotted: Rule = (token, cursor) => {
  const [, term, name] =
    /^(.*?)\.(ti|ab|tw|mp|kw|kf|au|hw|sh|hd|hl|hlp|hlead|lp|td)(?:,(?:ti|ab|tw|mp|kw|kf|hw|sh|hd|lp))*\.$/i.exec(
      token.text,
    ) ?? []
  if (name === undefined || term === undefined) return
  const ours = /^(ti|hd|hl|hlp|hlead)$/i.test(name)
    ? 'title:'
    : /^lp$/i.test(name)
      ? 'summary:'
      : /^au$/i.test(name)
        ? 'author:'
        : 'text:'
  const before = cursor.peek(-2)
  const quoted = term === '' && token.glued && before.kind === 'phrase' ? before : undefined
  const written = quoted === undefined ? term : cursor.text.slice(quoted.start, quoted.end)
  refuse(
    cursor,
    { start: quoted?.start ?? token.start, end: token.end },
    `.${name}. is written ${ours} before the term here.`,
    written === '' ? undefined : ours + written,
  )
}

/** `hd=`, `la=`, `wc>500` of Factiva; `date>=2025-01-01`, `title!=oil`. */
const compared: Rule = (token, cursor) => {
  const { text, start } = token
  const [head, name = '', operator = ''] =
    /^([A-Za-z]{2,20})(!=|<>|[<>]=?|={1,2}|~(?=\p{L}))/u.exec(text) ?? []
  if (head === undefined) return
  const at = { start, end: start + head.length }
  const code = FACTIVA.get(name.toLowerCase())
  const field =
    code ?? (FIELDS.has(name.toLowerCase()) ? name.toLowerCase() : FOREIGN_FIELDS.get(name.toLowerCase()))
  if (/^(wc|length|words?|wordcount)$/i.test(name))
    refuse(cursor, token, 'How long a story is cannot be searched: leave it out.')
  if (field !== undefined && FIELDS.get(field)?.kind === 'date' && /[<>]/.test(operator)) {
    const value = canonicalDate(text.slice(head.length))
    const ours = operator.startsWith('>') ? 'after' : 'before'
    // after: takes the day in, before: leaves it out.
    const same = value !== null && (operator === '>=' || operator === '<')
    refuse(
      cursor,
      { start, end: token.end },
      `${head} is written ${ours}: here: after: takes the day in, before: leaves it out.`,
      same ? `${ours}:${value}` : undefined,
    )
  }
  const negated = operator === '!=' || operator === '<>'
  if (field !== undefined && (operator.startsWith('=') || operator === '~' || negated)) {
    const ours = `${negated ? '-' : ''}${field}:`
    const value = text.slice(head.length)
    const coded = field === 'lang' || field === 'country' ? valueOfCode(field, value) : undefined
    const message = `${head} is written ${ours} here.`
    if (coded === undefined) refuse(cursor, at, message, ours)
    throw new QueryError(message, at, coded === null ? undefined : cursor.replaced(token, ours + coded))
  }
  if (/^[=<>!]/.test(operator) && text.length > head.length + (cursor.peek().glued ? -1 : 0))
    refuse(cursor, at, `There is no field “${name}”. If you mean the words, put them in quotation marks.`)
}

/** `_exists_:title`, `min_retweets:5`, `author.name:jane`: names of fields that ours never have. */
const longName: Rule = (token, cursor) => {
  const [head, name = ''] = /^([A-Za-z_@][A-Za-z0-9]*(?:[._][A-Za-z0-9]*)+):(?=.|$)/.exec(token.text) ?? []
  const next = cursor.peek()
  if (head === undefined || (head.length === token.text.length && !next.glued)) return
  if (FOREIGN_FIELDS.has(name.toLowerCase())) throw unknownField(token, name, cursor)
  // A host and its port.
  if (!name.includes('_') && /^\d/.test(token.text.slice(head.length))) return
  const at = { start: token.start, end: token.start + head.length }
  const why = name.startsWith('_')
    ? ''
    : /^(min|max)_|_(of|count|id)$/i.test(name)
      ? ': feeds say nothing of retweets, likes and reach'
      : ''
  refuse(cursor, at, `There is no field “${head}”${why}. If you mean the words, put them in quotation marks.`)
}

/** `title:>5`: what is left of a text field after its colon. */
const comparison: Rule = (token, cursor) => {
  const before = cursor.text.slice(Math.max(0, token.start - 2), token.start)
  if (!/^[<>]=?/.test(token.text) || !/[A-Za-z]:$/.test(before)) return
  refuse(
    cursor,
    token,
    'A field of text is not compared with > or <. Times are written after:2025-05-01, before:2025-06-01.',
  )
}

/** `xi NEAR:5 putin`, `near=5`. */
const oddDistance: Rule = (token, cursor) => {
  const [, name, number] =
    /^(o?near(?=[:=~.,])|w(?=[:=~])|n(?=[:=~])|pre(?=[:=~])|adj(?=[:=~]))[:=~.,](\d{1,6})$/i.exec(
      token.text,
    ) ?? []
  if (name === undefined) return
  const ours = `${/^(onear|pre|adj)$/i.test(name) ? 'ONEAR' : 'NEAR'}/${number}`
  refuse(cursor, token, `${token.text} is written ${ours} here.`, ours)
}

/** `[oil gas]~5`, `(oil gas)~5`. */
const spread: Rule = (token, cursor) => {
  const slop = /(?:^|[\]>}])~\d/.exec(token.text)
  if (slop === null) return
  const start = token.start + token.text.indexOf('~')
  refuse(
    cursor,
    { start, end: token.end },
    '~5 goes right after a phrase: "xi putin"~5. Groups are joined by NEAR/5.',
  )
}

const RULES: readonly Rule[] = [
  comment,
  oddDistance,
  spread,
  angled,
  afterPhrase,
  sign,
  bracketed,
  dotted,
  compared,
  refuseFunction,
  times,
  openLetter,
  joined,
  within,
  notNear,
  slashed,
  longName,
  comparison,
  weight,
  marked,
]
