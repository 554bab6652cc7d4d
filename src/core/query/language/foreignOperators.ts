import type { QueryWarning } from './ast.ts'
import { canonicalDate } from './dateValue.ts'
import { FIELDS, FOREIGN_FIELDS } from './fields.ts'
import { type Finding, warningsOf } from './findings.ts'
import { foreignSigns } from './foreignSigns.ts'
import { foreignWord, replacing } from './foreignWords.ts'
import { isOperator, nearOperator } from './operators.ts'
import type { Token } from './scan.ts'

/**
 * What other products read as an operator, and here are words: they stay words, since a person may mean them, with a warning
 * that names our form and offers it. What can be no word is refused (foreignSyntax.ts).
 */
export function foreignOperators(tokens: readonly Token[], source: string): QueryWarning[] {
  const findings: Finding[] = []
  let read = 0
  for (const [i, token] of tokens.entries()) {
    if (token.start < read) continue
    const found = token.kind === 'run' ? operator(tokens, i) : null
    const finding = found ?? foreignSigns(tokens, i, source)
    if (finding === null) continue
    findings.push(finding)
    read = finding.at.end
  }
  const list = findings.length === 0 ? listed(tokens, source) : null
  return warningsOf(list === null ? findings : [list], source)
}

/** Each looks at the run at `i`; the first that knows it decides. */
type Rule = (tokens: readonly Token[], i: number) => Finding | null
const operator: Rule = (tokens, i) => {
  for (const rule of RULES) {
    const finding = rule(tokens, i)
    if (finding !== null) return finding
  }
  return null
}

/** `and not`, `BUT NOT`, `UND NICHT`; `not near/5`. */
const pair: Rule = (tokens, i) => {
  const [first, second] = [tokens[i] as Token, tokens[i + 1]]
  if (second?.kind !== 'run' || !endsOperand(tokens[i - 1]) || !beginsOperand(tokens[i + 2])) return null
  const at = { start: first.start, end: second.end }
  const written = `${first.text} ${second.text}`
  const [one, two] = [meaning(first.text), meaning(second.text)]
  if (one === 'NOT') return notNear(tokens, i)
  if (two !== 'NOT' || (one !== 'AND' && one !== 'OR')) return null
  if (/^(AND|OR)$/.test(first.text) && second.text === 'NOT') return null
  const by = one === 'OR' ? 'OR NOT' : 'NOT'
  return { message: `“${written}” is not read as one operator here: write ${by}.`, at, by }
}

/** What must not stand near: a NOT around the NEAR. */
const notNear: Rule = (tokens, i) => {
  const [before, not, near, after] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]] as Token[]
  const distance = within((near as Token).text)
  if (distance === null) return null
  const simple = [before, after].every((token) => token?.kind === 'run' || token?.kind === 'phrase')
  const [left, right] = [before, after].map((token) => shown(token as Token))
  const by = `NOT (${left} ${distance} ${right})`
  return {
    message: `“${not?.text} ${near?.text}” is no operator here. Stories where the two never stand near: ${simple ? by : 'a NOT (a NEAR/5 b)'}.`,
    at: { start: (not as Token).start, end: (simple ? after : near)?.end as number },
    ...(simple ? { by } : {}),
  }
}

/** `and`, `Or`, `near`, and the words of other products and languages, in capitals. */
const word: Rule = (tokens, i) => {
  const { text, start, end } = tokens[i] as Token
  const at = { start, end }
  if (!beginsOperand(tokens[i + 1])) return null
  const between = endsOperand(tokens[i - 1])
  const plain = text.toLowerCase()
  const own = /^(and|or|not|near|onear)$/.test(plain) && text !== text.toUpperCase()
  if (own && (between || plain === 'not')) {
    const by = text.toUpperCase()
    return { message: `“${text}” is a word here: the operator is written ${by}.`, at, by }
  }
  if (!between) return null
  const [, pointed] = /^(AND|OR|NOT)[,;:./]+$/.exec(text) ?? []
  if (pointed !== undefined)
    return { message: `“${text}” is a word here: the operator is written ${pointed}.`, at, by: pointed }
  if (/^(and|but)[-_]?not$/i.test(text))
    return { message: `“${text}” is a word here: ${replacing('NOT')}.`, at, by: 'NOT' }
  if (/^(XOR|NOR|NAND)$/i.test(text) && (text === text.toUpperCase() || plain === 'xor')) {
    const ours = plain === 'xor' ? '(a NOT b) OR (b NOT a)' : plain === 'nor' ? 'NOT (a OR b)' : 'NOT (a b)'
    return { message: `“${text}” is a word here: write ${ours}.`, at }
  }
  if (/^andany$/i.test(text))
    return { message: `“${text}” is a word here: what only may occur is left out of a query.`, at }
  const mixed = /^(AND|OR|NOT)\/(\w+)$/.exec(text)
  if (mixed !== null) {
    const by = /^\d{1,6}$/.test(mixed[2] as string) ? `NEAR/${mixed[2]}` : 'OR'
    return { message: `“${text}” is a phrase here: write ${by}.`, at, by }
  }
  const apart = /^(?:not?[-_]?)(o?near|w|within)\/?(\d{1,6})$/i.exec(text)
  if (apart !== null)
    return {
      message: `“${text}” is no operator here: what stands nowhere near is written NOT (a NEAR/${apart[2]} b).`,
      at,
    }
  const ours = plain === 'adj' ? 'ONEAR/0' : foreignWord(text)
  return ours === undefined
    ? null
    : { message: `“${text}” is a word here: ${replacing(ours)}.`, at, by: ours }
}

/** `near/5`, `ADJ3`, `w/s`, `/5`, `+p` as one run. */
const distance: Rule = (tokens, i) => {
  const { text, start, end } = tokens[i] as Token
  if (!endsOperand(tokens[i - 1]) || !beginsOperand(tokens[i + 1]) || isOperator(text)) return null
  const by = within(text)
  if (by === null) return null
  const message = by === 'NEAR/20' && !/20/.test(text) ? replacing(by) : `write ${by}`
  return { message: `“${text}” is no operator here: ${message}.`, at: { start, end }, by }
}

/** The same with the number as a run of its own: `WITHIN 5`, `NEAR 5 WORDS OF`, `FOLLOWED BY`, `w/in 5`, `around(5)`. */
const spelledDistance: Rule = (tokens, i) => {
  const [name, number, third, fourth] = [tokens[i] as Token, tokens[i + 1], tokens[i + 2], tokens[i + 3]]
  if (!endsOperand(tokens[i - 1])) return null
  if (name.text === 'FOLLOWED' && number?.text === 'BY' && beginsOperand(third))
    return {
      message: `“FOLLOWED BY” are words here: ${replacing('ONEAR')}.`,
      at: { start: name.start, end: number.end },
      by: 'ONEAR',
    }
  if (/^around$/i.test(name.text) && name.text !== 'AROUND' && number?.kind === 'open')
    return isNumber(third) && fourth?.kind === 'close' ? spelled(name, fourth, `NEAR/${third?.text}`) : null
  if (!isNumber(number)) return null
  const head =
    /^(o?near|pre|adj|w\/(?:in)?)$/i.test(name.text) || /^(WITHIN|NEXT|FOLLOWEDBY)$/.test(name.text)
  if (!head) return null
  let last = i + 1
  if (/^words?$/i.test(tokens[last + 1]?.text ?? '')) last++
  if (/^of$/i.test(tokens[last + 1]?.text ?? '')) last++
  if (!beginsOperand(tokens[last + 1])) return null
  const ordered = /^(onear|pre|adj|next|followedby)$/i.test(name.text)
  return spelled(name, tokens[last] as Token, `${ordered ? 'ONEAR' : 'NEAR'}/${number?.text}`)
}

const spelled = (from: Token, to: Token, by: string): Finding => ({
  message: `“${from.text}” with a number behind it is no operator here: write ${by}.`,
  at: { start: from.start, end: to.end },
  by,
})

/** `oil NEAR /5 gas`: a space before the slash makes a NEAR/4 and a word. */
const apart: Rule = (tokens, i) => {
  const [near, number] = [tokens[i] as Token, tokens[i + 1]]
  if (!/^O?NEAR$/.test(near.text) || !/^\/\d{1,6}$/.test(number?.text ?? '')) return null
  const by = `${near.text}${number?.text}`
  return {
    message: `“${near.text} ${number?.text}” is ${near.text}/4 and a word here: write ${by} without a space.`,
    at: { start: near.start, end: number?.end as number },
    by,
  }
}

/** `oil (w) gas`, `oil (5n) gas` of Dialog and STN. */
const bracketed: Rule = (tokens, i) => {
  const [name, open, close] = [tokens[i] as Token, tokens[i - 1], tokens[i + 1]]
  if (open?.kind !== 'open' || close?.kind !== 'close') return null
  if (!endsOperand(tokens[i - 2]) || !beginsOperand(tokens[i + 2])) return null
  const [, before = '', kind, after = ''] = /^(\d{0,3})([wn])(\d{0,3})$/i.exec(name.text) ?? []
  if (kind === undefined) return null
  const ours = `${kind.toLowerCase() === 'w' ? 'ONEAR' : 'NEAR'}/${Number(before || after)}`
  return {
    message: `“(${name.text})” is a word in brackets here: write ${ours}.`,
    at: { start: open.start, end: close.end },
    by: `${open.glued ? ' ' : ''}${ours}${tokens[i + 2]?.glued ? ' ' : ''}`,
  }
}

/** `oil, gas, coal`: a list of keywords, of which other products want any. */
function listed(tokens: readonly Token[], source: string): Finding | null {
  const words = tokens.filter(({ kind }) => kind !== 'end')
  if (words.some(({ kind, text }) => (kind !== 'run' && kind !== 'phrase') || isOperator(text))) return null
  const parts: Token[][] = [[]]
  for (const [n, token] of words.entries()) {
    const last = words[n - 1]
    if (
      last !== undefined &&
      /[\n\r]/.test(source.slice(last.end, token.start)) &&
      parts.at(-1)?.length !== 0
    )
      parts.push([])
    if (!/^[,;]$/.test(token.text)) parts.at(-1)?.push(token)
    if (/[^,;][,;]$|^[,;]$/.test(token.text) && n + 1 < words.length) parts.push([])
  }
  if (parts.length < 2 || words.length > MOST_LISTED) return null
  const terms = parts.map((part) => termOf(part))
  if (terms.some((term) => term === null)) return null
  const by = `(${terms.join(' OR ')})`
  const commas = /[,;]/.test(source)
  return {
    message: `All of these must occur${commas ? '; commas say nothing here' : ''}. Where one is enough, write OR between them.`,
    at: { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 },
    by,
  }
}
const MOST_LISTED = 500
/** Words between two commas: more are a sentence. */
const MOST_TOGETHER = 3

/** What stands between two commas as one term; null where it is none. */
function termOf(part: readonly Token[]): string | null {
  if (part.length === 0 || part.length > MOST_TOGETHER) return null
  const [only] = part
  if (part.length === 1 && only?.kind === 'phrase') return `"${only.text}"`
  const words = part.map(({ kind, text }) => (kind === 'run' ? text.replace(/[,;]+$/, '') : ''))
  if (words.some((word) => !/^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.&-]*\*?$/u.test(word))) return null
  return words.length === 1 ? (words[0] as string) : `"${words.join(' ')}"`
}

/** `any/2 (…)`, `ANY 2 (…)`, `2 OF (…)`, `ATLEAST 5 oil`. */
const counted: Rule = (tokens, i) => {
  const [token, next, third] = [tokens[i] as Token, tokens[i + 1], tokens[i + 2]]
  const { text, start, end } = token
  const least = /^(?:any|min|minimum)\/?(\d{1,6})$/i.exec(text)?.[1]
  if (least !== undefined && next?.kind === 'open' && !isOperator(text)) {
    const by = `ANY/${least}`
    return { message: `“${text}” are words here: a list is written ${by} (…).`, at: { start, end }, by }
  }
  const list =
    (/^ANY$/i.test(text) && isNumber(next) && third?.kind === 'open' && next?.text) ||
    (isNumber(token) && next?.text === 'OF' && third?.kind === 'open' && text)
  if (list)
    return {
      message: `“${text} ${next?.text}” are words here: a list is written ANY/${list} (…).`,
      at: { start, end: (next as Token).end },
      by: `ANY/${list}`,
    }
  if (!/^at-?least$/i.test(text) || !isNumber(next) || !beginsOperand(third)) return null
  const [term, close] = third?.kind === 'open' ? [tokens[i + 3], tokens[i + 4]] : [third, third]
  const one =
    (term?.kind === 'run' || term?.kind === 'phrase') && (third?.kind !== 'open' || close?.kind === 'close')
  const by = `${one ? shown(term) : 'oil'}{${next?.text}}`
  return {
    message: `“${text} ${next?.text}” are words here: how often a term must occur is written ${by}.`,
    at: { start, end: (one ? close : next)?.end as number },
    ...(one ? { by } : {}),
  }
}
const anyCase = (text: string): boolean => text !== text.toUpperCase()

/** `title contains oil`, `title :oil`, `oil IN title`, `DATE IS 2025-05-01`. */
const filter: Rule = (tokens, i) => {
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
  const field = text === 'IN' && endsOperand(tokens[i - 1]) ? fieldOf(second.text) : undefined
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

const RULES: readonly Rule[] = [pair, apart, bracketed, spelledDistance, distance, counted, filter, word]

/** Our name of a field that stands as a word; undefined for what is none. */
function fieldOf(text: string): string | undefined {
  const name = text.toLowerCase()
  return FIELDS.has(name) ? name : FOREIGN_FIELDS.get(name)
}

/** The AND, OR or NOT that a word may mean in a pair. */
function meaning(text: string): string | undefined {
  const plain = text.toLowerCase()
  if (plain === 'but') return 'AND'
  return /^(and|or|not)$/.test(plain) ? plain.toUpperCase() : foreignWord(text)
}

/** The NEAR that a run asks for in another product's form; null for what asks for none. */
function within(text: string): string | null {
  if (isOperator(text)) return nearOperator(text) === null ? null : text
  const worded =
    /^(o?near|w|n|within|pre|p|adj|next|before|followedby)[/:=_,[~-]?(\d{1,6})([fnw]?)\]?$/i.exec(text)
  if (worded !== null) {
    const [, name = '', number = '', suffix = ''] = worded
    // A single letter and a number without a sign between them are a name (W5, N5), unless in capitals.
    if (/^[a-z]\d/.test(text)) return null
    if (/^(p|next|before)\d/i.test(text)) return null
    if (/^\w+-/.test(text) && anyCase(text)) return null
    const ordered = suffix.toLowerCase() === 'f' || /^(onear|pre|p|adj|next|before|followedby)$/i.test(name)
    return `${ordered ? 'ONEAR' : 'NEAR'}/${number}`
  }
  const signed = /^(?:&&?|\/(?=\/))?([/+])([+-]?)(\d{1,6})$/.exec(text)
  if (signed !== null) return `${signed[1] === '+' || signed[2] !== '' ? 'ONEAR' : 'NEAR'}/${signed[3]}`
  return /^(w|near|pre|onear)?[/+](s|p|sent|para|seg|sentence|paragraph)$/i.test(text) ? 'NEAR/20' : null
}

const isNumber = (token: Token | undefined): boolean =>
  token?.kind === 'run' && /^[1-9]\d{0,5}$/.test(token.text)

/** A run or phrase as it is written in a query. */
const shown = ({ kind, text }: Token): string => (kind === 'phrase' ? `"${text}"` : text)

const isOurs = ({ text }: Token): boolean => isOperator(text)

const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'phrase' ||
    token.kind === 'close' ||
    token.kind === 'times' ||
    token.kind === 'slop' ||
    (token.kind === 'run' && !isOurs(token) && !/^[A-Za-z]+:$/.test(token.text)))

const beginsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'phrase' ||
    token.kind === 'open' ||
    (token.kind === 'run' && (!isOurs(token) || token.text === 'NOT')))
