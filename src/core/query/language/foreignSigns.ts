import { FIELDS } from './fields.ts'
import type { Finding } from './findings.ts'
import { isOperator } from './operators.ts'
import type { Token } from './scan.ts'

/** Signs on a word that other products read as an operator and that are passed over here; null where there are none. */
export function foreignSigns(tokens: readonly Token[], i: number, source: string): Finding | null {
  const token = tokens[i] as Token
  if (token.kind === 'phrase') return inPhrase(token) ?? operatorInPhrase(tokens, i)
  if (token.kind !== 'run' || isOperator(token.text)) return null
  const whole =
    wholeRun(token) ?? quoted(tokens, i, source) ?? bracketed(tokens, i, source) ?? fieldBehind(tokens, i)
  if (whole !== null) return whole
  const [, head = '', field, base = ''] = /^(-*(?:([A-Za-z]+):)?)(.*)$/su.exec(token.text) ?? []
  const kind = field === undefined ? 'text' : FIELDS.get(field.toLowerCase())?.kind
  if (kind === 'value')
    return ofValue(token, (field as string).toLowerCase(), base) ?? valuesApart(tokens, i, source)
  if (kind !== 'text' && kind !== 'case') return null
  const at = { start: token.start + head.length, end: token.end }
  for (const rule of RULES) {
    const found = rule(base)
    if (found !== null) return { ...found, at }
  }
  return null
}

/** `lang:en,fr`, `site:*.bbc.com`, `lang:-fr`: values that no story can have. */
function ofValue({ text, start, end }: Token, field: string, value: string): Finding | null {
  const at = { start, end }
  const head = text.slice(0, text.length - value.length)
  const parts = value.split(SHORT_VALUES.test(field) ? /[,;|/+]/ : /[,;|]/)
  if (parts.length > 1 && parts.every((part) => /^[\p{L}\p{N}.-]+$/u.test(part))) {
    const by = `${head}(${parts.join(' OR ')})`
    return { message: `“${text}” is one value here: several are written ${by}.`, at, by }
  }
  if (value.startsWith('-') && value.length > 1) {
    const by = `-${head}${value.slice(1)}`
    return { message: `“${text}” asks for a value with a hyphen: what must not be is written ${by}.`, at, by }
  }
  if (field !== 'site' || !/^\*?\.|\*/.test(value)) return null
  const host = value.replace(/^\*?\./, '')
  return {
    message: `“${text}”: a host is searched with all hosts under it, and takes no wildcard${host.includes('*') ? '' : `: ${head}${host}`}.`,
    at,
    ...(host.includes('*') || host === '' ? {} : { by: head + host }),
  }
}

/** Fields whose values are codes, in which no / or + stands. */
const SHORT_VALUES = /^(lang|country|bloc|kind)$/

/** `lang:en, fr`: only the first is the field's; `lang:(en,fr)`, where the two are one value. */
function valuesApart(tokens: readonly Token[], i: number, source: string): Finding | null {
  const token = tokens[i] as Token
  const [, head = '', name = '', value = ''] = /^(-*([A-Za-z]+):)(.*)$/s.exec(token.text) ?? []
  if (!/^(lang|country|bloc|kind|theme|site)$/i.test(name)) return null
  let last = i
  const values: string[] = []
  if (value === '') {
    const [open, only, close] = tokens.slice(i + 1, i + 4)
    if (open?.kind !== 'open' || only?.kind !== 'run' || close?.kind !== 'close') return null
    values.push(...only.text.split(/[,;|]/))
    last = i + 3
  } else {
    while (
      tokens[last]?.kind === 'run' &&
      /[^,;][,;]$/.test(tokens[last]?.text ?? '') &&
      values.length < MOST_WORDS
    )
      last++
    values.push(value.replace(/[,;]$/, ''))
    for (const next of tokens.slice(i + 1, last + 1)) values.push(next.text.replace(/[,;]$/, ''))
  }
  const end = tokens[last]
  if (values.length < 2 || end === undefined || (end.kind !== 'run' && end.kind !== 'close')) return null
  if (!values.every((one) => /^[\p{L}\p{N}.-]+$/u.test(one) && !isOperator(one))) return null
  const by = `${head}(${values.join(' OR ')})`
  const at = { start: token.start, end: end.end }
  return { message: `“${source.slice(at.start, at.end)}”: several values are written ${by}.`, at, by }
}

/** `lang:[en, fr]`, `title:[oil gas]`: brackets that are passed over, or part of a value. */
function bracketed(tokens: readonly Token[], i: number, source: string): Finding | null {
  const { text, start } = tokens[i] as Token
  const [head, name = ''] = /^-*([A-Za-z]+):(?=[[{])/.exec(text) ?? []
  const kind = FIELDS.get(name.toLowerCase())?.kind
  if (head === undefined || (kind !== 'value' && kind !== 'text')) return null
  const close = source.slice(start, start + LONGEST_LIST).indexOf(']')
  if (close < 0) return null
  const at = { start, end: start + close + 1 }
  const inner = source.slice(start + head.length + 1, start + close)
  const values = inner.split(/[\s,;|]+(?:OR[\s,;|]+)?/).filter((value) => value !== '')
  if (values.length === 0 || /[()[\]{}:]/.test(inner)) return null
  // One word in square brackets is the word.
  if (kind === 'text' && values.length === 1) return null
  const list = kind === 'text' ? inner.trim() : values.join(' OR ')
  const by = `${head}${values.length === 1 ? list : `(${list})`}`
  return { message: `Square brackets hold no list here: write ${by}.`, at, by }
}
const LONGEST_LIST = 200

/** `oil/ti`, `oil.ti,ab`, `"oil price"/ti`: a field behind its term, of Dialog and Ovid. */
function fieldBehind(tokens: readonly Token[], i: number): Finding | null {
  const token = tokens[i] as Token
  const before = tokens[i - 1]
  const [, word = '', name = ''] = /^(.*?)[./](ti|ab|tiab)(?:,(?:ti|ab|de|tw|kw))*$/i.exec(token.text) ?? []
  // In lower case ab is a word, unless in a list of fields.
  if (name === '' || (name === 'ab' && !token.text.includes(','))) return null
  const quoted = word === '' && token.glued && before?.kind === 'phrase' ? before : undefined
  if (quoted === undefined && !/^\p{L}[\p{L}\p{N}]+\*?$/u.test(word)) return null
  const term = quoted === undefined ? word : `"${quoted.text}"`
  const by = /^ti$/i.test(name) ? `title:${term}` : `text:${term}`
  const at = { start: (quoted ?? token).start, end: token.end }
  return {
    message: `“${term}${token.text.slice(word.length)}” is read as words: a field is written before its term: ${by}.`,
    at,
    by,
  }
}

/** `"oil AND gas"`: in quotation marks an operator is a word. Headlines in capitals are none. */
function operatorInPhrase(tokens: readonly Token[], i: number): Finding | null {
  const { text, start, end } = tokens[i] as Token
  if (!/[^\P{L}\p{Lu}]/u.test(text)) return null
  const words = text.trim().split(/\s+/)
  const place = words.findIndex(
    (word, n) =>
      n > 0 &&
      n + 1 < words.length &&
      (isOperator(word) || /^(ANDNOT|[Ww]\/\d{1,6}|near\/\d{1,6}|&&|\|\|)$/.test(word)),
  )
  if (place < 0) return null
  const operator = words[place] as string
  const before = tokens[i - 1]
  const named =
    before?.kind === 'run' && (tokens[i] as Token).glued ? /([A-Za-z]+):$/.exec(before.text)?.[1] : undefined
  const kind = named === undefined ? 'text' : FIELDS.get(named.toLowerCase())?.kind
  if (kind !== 'text') return null
  const after = tokens[i + 1]
  const part = (of: readonly string[]): string => (of.length === 1 ? (of[0] as string) : `"${of.join(' ')}"`)
  const parts: string[] = []
  let from = 0
  for (const [n, word] of [...words, 'AND'].entries())
    if (n === words.length || /^(AND|OR|NOT)$/.test(word)) {
      parts.push(part(words.slice(from, n)), ...(n < words.length ? [word] : []))
      from = n + 1
    }
  const usable =
    /^(AND|OR|NOT)$/.test(operator) &&
    !/[()]/.test(text) &&
    after?.kind !== 'slop' &&
    after?.kind !== 'times' &&
    parts.every((one) => one !== '""')
  return {
    message: `In quotation marks “${operator}” is a word: an operator stands outside of them, as in oil ${/^(OR|NOT)$/.test(operator) ? operator : 'AND'} gas.`,
    at: { start, end },
    ...(usable ? { by: `(${parts.join(' ')})` } : {}),
  }
}

type Found = Omit<Finding, 'at'> | null
type Rule = (text: string) => Found

/** `customs!`, `child$`, `invest$4`, `sanction%` of LexisNexis, Factiva and SQL; `fast&`, `N==` of dtSearch. */
const ending: Rule = (text) => {
  const [, base, signs] = /^([\p{L}\p{N}]+)([!%$#&^=~]+)\d{0,2}$/u.exec(text) ?? []
  // C# and R& are names.
  if (base === undefined || signs === undefined || !/\p{L}/u.test(base) || /^\p{Lu}[#&]$/u.test(text))
    return null
  return /^[!%$]/.test(signs)
    ? { message: `“${text}” is the word alone: words that begin so are written ${base}*.`, by: `${base}*` }
    : { message: `“${text}” is the word alone: ${signs} is not read.`, by: base }
}

const asking: Rule = (text) => {
  const [, base] = /^([\p{L}\p{N}*'’-]*[\p{L}*])\?+$/u.exec(text) ?? []
  if (base === undefined) return null
  const message = `“${text}” is the word alone: ? stands for no letter here, * for any at the end.`
  return { message, by: base }
}

/** `#smith`, `~oil`, `$oil`, `%oil`, `^oil`. */
const leading: Rule = (text) => {
  const [, signs, rest] = /^([#$%^~=`<>:;|\\]+)(\p{L}.*)$/su.exec(text) ?? []
  if (signs === undefined || rest === undefined) return null
  const by = signs.startsWith('<') ? rest.replace(/>+$/, '') : rest
  return { message: `“${text}” is read without ${signs}.`, by }
}

const escaped: Rule = (text) => {
  if (!text.includes('\\')) return null
  const message = `“${text}”: a backslash is passed over here. What is to be read as it stands goes in quotation marks.`
  return { message, by: text.replaceAll('\\', '') }
}

const dashed: Rule = (text) => {
  const [dash] = /^[–—−‒―﹣]+(?=[\p{L}\p{N}@])/u.exec(text) ?? []
  if (dash === undefined) return null
  const by = `-${text.slice(dash.length)}`
  return {
    message: `“${text}” begins with a dash, which is not read: what must not occur is written ${by}.`,
    by,
  }
}

const joined: Rule = (text) => {
  const plus = /^[\p{L}\p{N}]{2,}(\+[\p{L}\p{N}]{2,})+$/u.test(text)
  // Names are written so in capitals: Marks&Spencer, R&D.
  if (!plus && !/^[\p{Ll}\p{Lo}]{3,}(&[\p{Ll}\p{Lo}]{3,})+$/u.test(text)) return null
  return {
    message: `“${text}” is a phrase here: all of the words, anywhere, are joined by AND.`,
    by: `(${text.split(/[+&]/).join(' AND ')})`,
  }
}

/** `oil,gas`, `oil;gas`, `石油、天然气`: a list whose terms touch. */
const listed: Rule = (text) => {
  if (!/^\p{L}[\p{L}\p{M}\p{N}-]*\*?([,;，；、][\p{L}][\p{L}\p{M}\p{N}-]*\*?)+$/u.test(text)) return null
  const terms = text.split(/[,;，；、]/)
  const by = `(${terms.join(' OR ')})`
  return {
    message: `“${text}” is a phrase here: either of the words is written ${by}, all of them (${terms.join(' AND ')}).`,
    by,
  }
}

/** `wom_n`, `labo$r`: one letter in SQL's form, and in Factiva's. */
const underscored: Rule = (text) => {
  const [, base, sign] = /^(\p{L}+)(?:(_)_*|(?<=\p{L}{2})(\$))\p{L}+$/u.exec(text) ?? []
  if (base === undefined) return null
  const message = `“${text}” is a phrase here: ${sign ?? '$'} stands for no letter. Words that begin so are written ${base}*.`
  return { message, by: `${base}*` }
}

/** `2010..2020`, `12~~24`. */
const ranged: Rule = (text) => {
  const [, from, to] = /^[$€£]?(\d+)(?:\.{2,3}|~~)[$€£]?(\d+)$/.exec(text) ?? []
  if (from === undefined || to === undefined) return null
  const years = [from, to].every((year) => /^(19|20)\d\d$/.test(year))
  const by = `(after:${from}-01-01 before:${Number(to) + 1}-01-01)`
  return {
    message: `“${text}” is a phrase here: ranges of numbers are not searched${years ? `; a time is written ${by}` : ''}.`,
    ...(years ? { by } : {}),
  }
}

const RULES: readonly Rule[] = [ending, asking, leading, dashed, listed, joined, underscored, ranged, escaped]

function wholeRun({ text, start, end }: Token): Finding | null {
  const at = { start, end }
  if (/^x(first|last)word$/i.test(text))
    return {
      message: `“${text}” is a word here: where in a story a word stands is asked by field, as in title:oil or summary:oil.`,
      at,
    }
  const half = text.normalize('NFKC')
  const meant = half !== text && /[\uFF01-\uFF5E]/.test(text)
  if (meant && /^[-+!@]\p{L}|^[A-Za-z]+:\S|[\p{L}\p{N}]\*$|\p{L}(\||&{1,2})\p{L}|[a-z]\?[a-z]/u.test(half))
    return { message: `“${text}” has full-width signs, which are not read: write ${half}.`, at, by: half }
  return null
}

/** Quotation marks that are none here, around several words: 'no limits', 「…」, [a b]. */
function quoted(tokens: readonly Token[], i: number, source: string): Finding | null {
  const token = tokens[i] as Token
  const open = token.text[0] as string
  const close = CLOSING.get(open)
  if (close === undefined) return null
  let last = i
  while (last < i + MOST_WORDS && tokens[last]?.kind === 'run' && !tokens[last]?.text.endsWith(close)) last++
  const end = tokens[last]
  if (last === i || end?.kind !== 'run' || !end.text.endsWith(close)) return null
  const inner = source.slice(token.start + 1, end.end - 1)
  const at = { start: token.start, end: end.end }
  return open === '[' || open === '［'
    ? { message: `Square brackets are passed over here: write (${inner}).`, at, by: `(${inner})` }
    : {
        message: `${open}…${close} are no quotation marks here: a phrase is written "${inner}".`,
        at,
        by: `"${inner}"`,
      }
}
const MOST_WORDS = 12
const CLOSING: ReadonlyMap<string, string> = new Map(
  [
    ...[
      "''",
      '‘’',
      '‚‘',
      '``',
      '‹›',
      '＇＇',
      '｢｣',
      '〝〟',
      '【】',
      '〔〕',
      '「」',
      '『』',
      '《》',
      '〈〉',
      '[]',
      '［］',
    ],
  ].map((pair) => [pair[0] as string, pair[1] as string]),
)

/** A letter left open within a phrase. */
function inPhrase({ text, start, end }: Token): Finding | null {
  const [asked] = /(?<![\p{L}\p{N}=/.])\p{L}[\p{L}\p{N}]*\?+\p{L}[\p{L}\p{N}]*(?![=\p{L}])/u.exec(text) ?? []
  if (asked === undefined || text.includes('//')) return null
  const begun = asked.slice(0, asked.indexOf('?'))
  return {
    message: `“${asked}” is two words here: ? stands for no letter. Words that begin so are written ${begun}*.`,
    at: { start, end },
    by: `"${text.replace(asked, `${begun}*`)}"`,
  }
}
