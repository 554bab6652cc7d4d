import type { QueryWarning } from './ast.ts'
import { FIELDS } from './fields.ts'
import { type Finding, warningsOf } from './findings.ts'
import { coded, fieldApart, filter, searchNumbers } from './foreignFieldWords.ts'
import { listed, listedInBrackets } from './foreignLists.ts'
import { foreignSigns } from './foreignSigns.ts'
import { foreignWord, isEnglish, isLetterName, replacing } from './foreignWords.ts'
import { beginsOperand, endsOperand, isNumber, shown } from './operands.ts'
import { anyOperator, isOperator, nearOperator } from './operators.ts'
import { isNameOfCountry } from './placeCodes.ts'
import { FULL_WIDTH_SIGN, piecesOf, plainText } from './plainText.ts'
import type { Token } from './scan.ts'

/**
 * What other products read as an operator, and here are words: they stay words, since a person may mean them, with a warning
 * that names our form and offers it. What can be no word is refused (foreignSyntax.ts).
 */
export function foreignOperators(tokens: readonly Token[], source: string): QueryWarning[] {
  const findings: Finding[] = []
  const plain = tokens.map((token) => {
    const text = token.kind === 'run' ? plainText(token.text) : token.text
    return text === token.text ? token : { ...token, text }
  })
  let read = 0
  for (const [i, token] of tokens.entries()) {
    if (token.start < read) continue
    const finding =
      foreign(tokens, i, source) ??
      (plain[i] === token || FULL_WIDTH_SIGN.test(token.text) ? null : foreign(plain, i, source))
    if (finding === null) continue
    findings.push(finding)
    read = finding.at.end
  }
  const ends = tokens.filter(({ kind }) => kind !== 'end')
  const numbers = searchNumbers(tokens)
  if (numbers !== null) return warningsOf([numbers], source)
  const list = findings.length === 0 ? listed(ends, source) : null
  return warningsOf(
    list === null ? [...findings, ...listedInBrackets(tokens, source, findings)] : [list],
    source,
  )
}

function foreign(tokens: readonly Token[], i: number, source: string): Finding | null {
  return (tokens[i]?.kind === 'run' ? operator(tokens, i) : null) ?? foreignSigns(tokens, i, source)
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

/** An operator in full-width letters, or with a character in it or beside it that is not seen. */
const disguised: Rule = (tokens, i) => {
  const { text, start, end } = tokens[i] as Token
  const plain = plainText(text)
  if (plain === text || !beginsOperand(tokens[i + 1])) return null
  const at = { start, end }
  const pieces = piecesOf(text)
  if (isOperator(plain) && (endsOperand(tokens[i - 1]) || plain === 'NOT' || anyOperator(plain) !== null))
    return pieces.length > 1
      ? {
          message: `“${text}” holds a character that is not seen, and is a word here: write ${plain}.`,
          at,
          by: plain,
        }
      : { message: `“${text}” is in full-width letters, and a word here: write ${plain}.`, at, by: plain }
  return null
}

/** `AND` and a word as one, with a character between that is not seen; so a field's name. */
const unseen: Rule = (tokens, i) => {
  const { text, start, end } = tokens[i] as Token
  const pieces = piecesOf(text)
  if (pieces.length < 2) return null
  const plain = plainText(text)
  const field = /^-*([A-Za-z]+):/.exec(plain)?.[1]?.toLowerCase()
  const by = pieces.some((piece) => isOperator(piece))
    ? pieces.join(' ')
    : field !== undefined && FIELDS.has(field) && !/^-*[A-Za-z]+:/.test(text)
      ? plain
      : undefined
  if (by === undefined) return null
  const message = `“${text}” holds a character that is not seen, and no operator: write ${by}.`
  return { message, at: { start, end }, by }
}

/** `and not`, `BUT NOT`, `UND NICHT`; `not near/5`. */
const pair: Rule = (tokens, i) => {
  const [first, second] = [tokens[i] as Token, tokens[i + 1]]
  if (second?.kind !== 'run' || !endsOperand(tokens[i - 1]) || !beginsOperand(tokens[i + 2])) return null
  const at = { start: first.start, end: second.end }
  const written = `${first.text} ${second.text}`
  const [one, two] = [meaning(first.text), meaning(second.text)]
  if (one === 'NOT') return notNear(tokens, i)
  // Vitamin E NOT tablets.
  if (isLetterName(first.text) && /^not$/i.test(second.text)) return null
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
  if (plain === 'and' && isNameOfCountry(`${tokens[i - 1]?.text} and ${tokens[i + 1]?.text}`)) return null
  if (own && (between || plain === 'not')) {
    const by = text.toUpperCase()
    return { message: `“${text}” is a word here: the operator is written ${by}.`, at, by }
  }
  if (!between) return null
  const [, pointed] =
    /^(AND|OR|NOT)[,;:./]+$/.exec(text) ?? /^[[_.'‘’]+(AND|OR|NOT)[\]_.'‘’]+$/.exec(text.toUpperCase()) ?? []
  if (pointed !== undefined)
    return { message: `“${text}” is a word here: the operator is written ${pointed}.`, at, by: pointed }
  if (/^(and|but)[-_]?not$/i.test(text))
    return { message: `“${text}” is a word here: ${replacing('NOT')}.`, at, by: 'NOT' }
  if (/^(XOR|NOR|NAND)$/i.test(text) && (text === text.toUpperCase() || plain === 'xor')) {
    const ours = plain === 'xor' ? '(a NOT b) OR (b NOT a)' : plain === 'nor' ? 'NOT (a OR b)' : 'NOT (a b)'
    return { message: `“${text}” is a word here: write ${ours}.`, at }
  }
  if (/^andany$/i.test(text) || text === 'MAYBE')
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
  if (isLetterName(text) && !isUsed(tokens, i)) return null
  if (isEnglish(text) && isShouted(tokens[i - 1]) && isShouted(tokens[i + 1])) return null
  return ours === undefined
    ? null
    : { message: `“${text}” is a word here: ${replacing(ours)}.`, at, by: ours }
}

/** Whether what is a letter's name elsewhere joins brackets, or stands beside another operator of its language. */
const isUsed = (tokens: readonly Token[], i: number): boolean =>
  tokens[i - 1]?.kind === 'close' ||
  tokens
    .slice(Math.max(0, i - 4), i + 5)
    .some(({ kind, text }) => kind === 'run' && foreignWord(text) !== undefined && !isLetterName(text))

const isShouted = (token: Token | undefined): boolean =>
  (token?.kind === 'run' || token?.kind === 'phrase') &&
  /\p{Lu}/u.test(token.text) &&
  !/\p{Ll}/u.test(token.text)

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
    /^(o?near|pre|adj|prox|fby|w\/(?:in)?)$/i.test(name.text) ||
    /^(WITHIN|NEXT|AFTER|FOLLOWEDBY)$/.test(name.text) ||
    (name.text === 'within' && (tokens[i + 2]?.text === 'of' || tokens[i + 3]?.text === 'of'))
  if (!head) return null
  let last = i + 1
  if (/^words?$/i.test(tokens[last + 1]?.text ?? '')) last++
  if (/^of$/i.test(tokens[last + 1]?.text ?? '')) last++
  if (!beginsOperand(tokens[last + 1])) return null
  const ordered = /^(onear|pre|adj|next|fby|followedby)$/i.test(name.text)
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
  const [, before = '', kind, after = ''] =
    /^(\d{0,3})([wn])(\d{0,3})$/i.exec(name.text) ?? /^(\d{1,3})(A)$|^([SLPF])$/.exec(name.text) ?? []
  if (kind === undefined && after === '') return null
  // Of STN and Dialog, (S), (L), (P) and (F) are a sentence, a paragraph or a field.
  const ours =
    kind === undefined
      ? 'NEAR/20'
      : `${kind.toLowerCase() === 'w' ? 'ONEAR' : 'NEAR'}/${Number(before || after)}`
  return {
    message: `“(${name.text})” is a word in brackets here: write ${ours}.`,
    at: { start: open.start, end: close.end },
    by: `${open.glued ? ' ' : ''}${ours}${tokens[i + 2]?.glued ? ' ' : ''}`,
  }
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
  const repeated = /^repeat\/?([1-9]\d{0,5})$/i.exec(text)?.[1]
  if (
    repeated !== undefined &&
    (next?.kind === 'run' || next?.kind === 'phrase') &&
    beginsOperand(next) &&
    next.text !== 'NOT'
  ) {
    const by = `${shown(next)}{${repeated}}`
    const message = `“${text}” is a word here: how often a term must occur is written ${by}.`
    return { message, at: { start, end: next.end }, by }
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

const RULES: readonly Rule[] = [
  disguised,
  unseen,
  pair,
  apart,
  bracketed,
  spelledDistance,
  distance,
  counted,
  fieldApart,
  coded,
  filter,
  word,
]

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
    /^[/\\]*(o?near|w|n|within|pre|p|adj|next|before|after|followedby|fby|nby|ww|prox|proximity)[/:=_,[~'+\\-]?(\d{1,6})([fnw]?)\]?$/i.exec(
      text,
    )
  if (worded !== null) {
    const [, name = '', number = '', suffix = ''] = worded
    // A letter with a large number is a name: N95 masks, W88.
    if (/^[nw]\d/i.test(text) && Number(number) > MOST_UNDIVIDED) return null
    if (/^(p|next|before|after)\d/i.test(text) && text !== `NEXT${number}`) return null
    if (/^\w+-/.test(text) && anyCase(text) && !/^o?near-/i.test(text)) return null
    const ordered =
      suffix.toLowerCase() === 'f' || /^(onear|pre|p|adj|next|before|followedby|fby)$/i.test(name)
    return `${ordered ? 'ONEAR' : 'NEAR'}/${number}`
  }
  const [, angled] = /^<(\d{1,3}|-)>$/.exec(text) ?? []
  if (angled !== undefined) return `ONEAR/${Math.max(0, Number(angled) - 1)}`
  const [, cut] = /^[%|](\d{1,3})\|?$/.exec(text) ?? []
  if (cut !== undefined) return `NEAR/${cut}`
  const [, queried] = /^prox\/(?:unit=word\/)?distance[<=]{1,2}(\d{1,6})$/i.exec(text) ?? []
  if (queried !== undefined) return `NEAR/${queried}`
  const signed = /^(?:&&?|\/(?=\/))?([/+])([+-]?)(\d{1,6})$/.exec(text)
  if (signed !== null) return `${signed[1] === '+' || signed[2] !== '' ? 'ONEAR' : 'NEAR'}/${signed[3]}`
  return /^(w|near|pre|onear|within|n)?[/+](s|p|sent|para|seg|sentence|paragraph)$/i.test(text)
    ? 'NEAR/20'
    : null
}

/** The widest distance that is written right behind a letter: W5, n10. */
const MOST_UNDIVIDED = 50
