import type { QueryWarning } from './ast.ts'
import { type Finding, warningsOf } from './findings.ts'
import { isOperator } from './operators.ts'
import type { Token } from './scan.ts'

/**
 * What other products read as an operator, and here are words: they stay words, since a person may mean them, with a warning
 * that names our form and offers it. What can be no word is refused (foreignSyntax.ts).
 */
export function foreignOperators(tokens: readonly Token[], source: string): QueryWarning[] {
  const findings = tokens.flatMap((token, i) =>
    token.kind === 'run' ? (asOperator(tokens, i) ?? asWord(token) ?? []) : [],
  )
  return warningsOf(findings, source)
}

/** Words that stand between two operands where another product has an operator. */
function asOperator(tokens: readonly Token[], i: number): Finding | null {
  const token = tokens[i] as Token
  const { text } = token
  const here = { start: token.start, end: token.end }
  if (!beginsOperand(tokens[i + 1])) return null
  const between = endsOperand(tokens[i - 1])
  const plain = text.toLowerCase().replace(/[-_]/g, '')
  if (!between && plain !== 'not') {
    if (/^any\/\d{1,6}$/.test(plain) && tokens[i + 1]?.kind === 'open')
      return {
        message: `“${text}” are words here: a list is written ${text.toUpperCase()} (…).`,
        at: here,
        by: text.toUpperCase(),
      }
    return null
  }
  if (/^(and|or|not|near|onear)$/.test(text.toLowerCase()) && text !== text.toUpperCase())
    return {
      message: `“${text}” is a word here: the operator is written ${text.toUpperCase()}.`,
      at: here,
      by: text.toUpperCase(),
    }
  if (!between) return null
  if (/^around$/i.test(text) && text !== 'AROUND') {
    const [open, number, close] = [tokens[i + 1], tokens[i + 2], tokens[i + 3]]
    if (open?.kind === 'open' && /^\d{1,6}$/.test(number?.text ?? '') && close?.kind === 'close')
      return {
        message: `“${text}” is a word here: the operator is written NEAR/${number?.text}.`,
        at: { start: token.start, end: close.end },
        by: `NEAR/${number?.text}`,
      }
  }
  if (/^(and|but)not$/.test(plain))
    return { message: `“${text}” is a word here: what must not occur follows NOT.`, at: here, by: 'NOT' }
  const within = /^(o?near|w|n|within|pre|p|adj|next|before|followedby)\/?(\d{1,6})([fn]?)$/i.exec(text)
  if (within !== null && !isOperator(text)) {
    const [, name = '', distance = '', suffix = ''] = within
    // Without a slash a single letter and a number are a name: W5, G7.
    if (!text.includes('/') && !/^(o?near|adj|within)$/i.test(name)) return null
    const ordered = suffix.toLowerCase() === 'f' || /^(onear|pre|p|adj|next|before|followedby)$/i.test(name)
    const by = `${ordered ? 'ONEAR' : 'NEAR'}/${distance}`
    return { message: `“${text}” is no operator here: write ${by}.`, at: here, by }
  }
  const westlaw = /^[/+](\d{1,6})$/.exec(text)
  if (westlaw !== null) {
    const by = `${text.startsWith('+') ? 'ONEAR' : 'NEAR'}/${westlaw[1]}`
    return { message: `“${text}” is no operator here: write ${by}.`, at: here, by }
  }
  if (/^(w|near|pre)?[/+](s|p|sent|para|seg)$/i.test(text) || text === 'SAME')
    return {
      message: `“${text}” is no operator here: sentences and paragraphs are not known. Write how many words may stand between: NEAR/20.`,
      at: here,
      by: 'NEAR/20',
    }
  if (/^(ADJ|NEXT)$/.test(text))
    return { message: `“${text}” is a word here: side by side is written ONEAR/0.`, at: here, by: 'ONEAR/0' }
  if (text === 'XOR') return { message: '“XOR” is a word here: write (a NOT b) OR (b NOT a).', at: here }
  return null
}

/** Marks on a word that other products read as an operator. */
function asWord({ text, start, end }: Token): Finding | null {
  const at = { start, end }
  const ending = /^([\p{L}\p{N}]+)([!%$])$/u.exec(text)
  if (ending !== null && /\p{L}/u.test(text))
    return {
      message: `“${text}” is the word alone: words that begin so are written ${ending[1]}*.`,
      at,
      by: `${ending[1]}*`,
    }
  const asked = /^([\p{L}\p{N}*'’-]*\p{L})\?+$/u.exec(text)
  if (asked !== null)
    return {
      message: `“${text}” is the word alone: ? stands for no letter here, * for any at the end.`,
      at,
      by: asked[1] as string,
    }
  const dash = /^[–—−‒―]+(?=[\p{L}\p{N}@])/u.exec(text)
  if (dash !== null)
    return {
      message: `“${text}” begins with a dash, which is not read: what must not occur is written -${text.slice(dash[0].length)}.`,
      at,
      by: `-${text.slice(dash[0].length)}`,
    }
  if (/^[\p{L}\p{N}]{2,}(\+[\p{L}\p{N}]{2,})+$/u.test(text))
    return {
      message: `“${text}” is a phrase here: all of the words, anywhere, are joined by AND.`,
      at,
      by: `(${text.split('+').join(' AND ')})`,
    }
  return null
}

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
