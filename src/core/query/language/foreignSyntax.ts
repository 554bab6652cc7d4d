import { QueryError } from './ast.ts'
import type { Cursor } from './cursor.ts'
import type { Token } from './scan.ts'

/**
 * Refuses operators of other products, which mean something else here or nothing, and names ours.
 * @param token the last one read by the cursor
 * @throws QueryError
 */
export function refuseForeignSyntax(token: Token, cursor: Cursor): void {
  const { text } = token
  const source = cursor.text
  /** `part`: the piece of the token that is wrong, where that is not all of it. */
  const refuse = (message: string, replacement?: string, part: string = text): never => {
    const start = token.start + text.indexOf(part)
    throw new QueryError(
      message,
      { start, end: start + part.length },
      replacement === undefined
        ? undefined
        : source.slice(0, token.start) + replacement + source.slice(token.end),
    )
  }
  const comment = text.indexOf('<<<')
  if (comment >= 0) {
    const start = token.start + comment
    const close = source.indexOf('>>>', start)
    const at = { start, end: close < 0 ? source.length : close + 3 }
    const rest = cursor.replaced(at, '').trim()
    throw new QueryError('A query holds no comments here: leave it out.', at, rest === '' ? undefined : rest)
  }
  const next = cursor.peek()
  const glued = next.glued && (next.kind === 'phrase' || next.kind === 'open') ? next.kind : null
  if (text === '!' && glued === 'phrase') refuse('Exact case is written case:"NATO" here.', 'case:')
  if (text === '!' && glued === 'open') refuse('What must not occur: write NOT before it, or -.', '-')
  if (text === '+' && glued !== null)
    refuse('Every word is required unless OR stands between: leave the + out.', '')
  refuseRanges(token, cursor)
  refuseFactiva(token, cursor)
  const times = /^atleast\/?(\d{1,6})$/i.exec(text)
  if (times !== null) {
    const [open, term, close] = [cursor.peek(), cursor.peek(1), cursor.peek(2)]
    const one =
      open.kind === 'open' && (term.kind === 'run' || term.kind === 'phrase') && close.kind === 'close'
    const at = one ? { start: token.start, end: close.end } : token
    const counted = `${source.slice(term.start, term.end)}{${times[1]}}`
    throw new QueryError(
      `${text} is written {${times[1]}} right after a term here: ${one ? counted : `oil{${times[1]}}`}.`,
      at,
      one && Number(times[1]) > 0 ? cursor.replaced(at, counted) : undefined,
    )
  }
  const letter = /[\p{L}\p{N}]?\?+(?=[\p{L}\p{N}])/u.exec(text)
  if (letter !== null && !/^[A-Za-z]+:/.test(text)) {
    const begun = /^([\p{L}\p{N}]+)\?/u.exec(text)?.[1]
    refuse(
      `A ? for one letter cannot be searched: list the spellings (organise OR organize)${begun === undefined ? '' : `, or write ${begun}*`}.`,
      begun === undefined ? undefined : `${begun}*`,
    )
  }
  const either = /^[\p{L}\p{N}*]+(\|{1,2}[\p{L}\p{N}*]+)+$/u.test(text)
  if (either) refuse('Either word: write OR.', `(${text.split(/\|+/).join(' OR ')})`)
  if (/^[\p{L}\p{N}*]+(&&[\p{L}\p{N}*]+)+$/u.test(text))
    refuse('Both words: write AND, or just a space.', `(${text.split('&&').join(' AND ')})`)
  if (/^\^\d[\d.]*$/.test(text)) refuse('Weights (^2) are not part of the language.', '')
  const counter = /^[a-z]+(?:_[a-z]+)+:/i.exec(text)
  if (counter !== null)
    refuse(
      `There is no field “${counter[0]}”: feeds say nothing of retweets, likes and reach. If you mean the words, put them in quotation marks.`,
      undefined,
      counter[0],
    )
  const within = /^(WITHIN|NEXT|ADJ|W|N|PRE|P)\/(\d{1,6})$/.exec(text)
  if (within !== null) {
    const ours = `${/^(P|PRE|NEXT|ADJ)$/.test(within[1] as string) ? 'ONEAR' : 'NEAR'}/${within[2]}`
    refuse(`${text} is written ${ours} here.`, ours)
  }
  if (text === '&&' || text === '&') refuse('Both words: write AND, or just a space.', 'AND')
  if (text === '||' || text === '|') refuse('Either word: write OR.', 'OR')
  if (/^!./.test(text))
    refuse('A word that must not occur: write NOT before it, or -.', `-${text.slice(1)}`, '!')
  if (/^\+./.test(text))
    refuse('Every word is required unless OR stands between: leave the + out.', text.slice(1), '+')
  if (/^\/.+\/[a-z]*$/.test(text))
    refuse('Regular expressions are not part of the language: use wildcards (sanction*) and NEAR.')
  const weight = /(?<=[\p{L}\p{N}])\^\d[\d.]*/u.exec(text)?.[0]
  if (weight !== undefined)
    refuse('Weights (^2) are not part of the language.', text.replace(weight, ''), weight)
  if (/^[~]\d/.test(text)) refuse('~5 goes right after a phrase: "xi putin"~5.')
  if (/^[\p{L}\p{N}]+~\d*$/u.test(text))
    refuse(
      'Words spelled alike (word~) are not searched: use a wildcard: sanction*.',
      undefined,
      text.slice(text.indexOf('~')),
    )
}

/** `[a TO b]` of Elasticsearch, and the fields in square brackets of PubMed: `oil[ti]`. */
function refuseRanges(token: Token, cursor: Cursor): void {
  const rest = cursor.text.slice(token.start, token.start + LONGEST_RANGE)
  const range = /^\S*?[[{]\S+ TO \S+?[\]}]/.exec(rest)
  if (range !== null)
    throw new QueryError('A range is written after:2025-01-01 before:2025-02-01 here.', {
      start: token.start,
      end: token.start + range[0].length,
    })
  const tag = /^([^[\]]*)\[([a-z][a-z/ ]*)\]/i.exec(rest)
  if (tag === null) return
  const [whole, word = '', name = ''] = tag
  const ours = PUBMED.get(name.toLowerCase())
  if (ours === undefined) return
  const before = cursor.peek(-2)
  const quoted = word === '' && token.glued && before.kind === 'phrase' ? before : undefined
  const at = { start: quoted?.start ?? token.start, end: token.start + whole.length }
  const term = quoted === undefined ? word : cursor.text.slice(quoted.start, quoted.end)
  throw new QueryError(
    `[${name}] is written ${ours} before the term here: ${ours}${term || 'oil'}.`,
    at,
    term === '' ? undefined : cursor.replaced(at, `${ours}${term}`),
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

/** `hd=`, `la=`, `wc>500` of Factiva. */
function refuseFactiva(token: Token, cursor: Cursor): void {
  const head = /^([a-z]{2,8})(=|[<>]=?)/i.exec(token.text)
  const name = head?.[1]?.toLowerCase()
  if (head === null || name === undefined) return
  const ours = FACTIVA.get(name)
  const at = { start: token.start, end: token.start + head[0].length }
  if (ours !== undefined && head[2] === '=')
    throw new QueryError(`${head[0]} is written ${ours} here.`, at, cursor.replaced(at, ours))
  if (name === 'wc' || name === 'length')
    throw new QueryError('How long a story is cannot be searched: leave it out.', token)
}
const FACTIVA: ReadonlyMap<string, string> = new Map([
  ...['hd', 'hlp', 'headline', 'title'].map((name) => [name, 'title:'] as const),
  ...['lp', 'lead', 'ingress'].map((name) => [name, 'summary:'] as const),
  ...['td', 'tx', 'body', 'text'].map((name) => [name, 'text:'] as const),
  ...['by', 'author', 'byline'].map((name) => [name, 'author:'] as const),
  ...['la', 'lang', 'language'].map((name) => [name, 'lang:'] as const),
  ...['sn', 'rst', 'sc', 'source', 'publication'].map((name) => [name, 'source:'] as const),
  ...['re', 'country', 'region'].map((name) => [name, 'country:'] as const),
  ...['pd', 'dt', 'date'].map((name) => [name, 'on:'] as const),
])
