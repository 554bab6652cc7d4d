import { QueryError } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { FACTIVA, FIELDS, FOREIGN_FIELDS } from './fields.ts'
import { valueOfCode } from './fieldValues.ts'
import { anyOperator } from './operators.ts'
import type { Token } from './scan.ts'

/**
 * A name right before a bracket, which is a function or a field in other products: `HEADLINE(oil)`, `near(oil, gas)`, `CAPS(aids)`.
 * @throws QueryError where it is one
 */
export function refuseFunction(token: Token, cursor: Cursor): void {
  const open = cursor.peek()
  if (open.kind !== 'open' || !open.glued || OWN.test(token.text) || anyOperator(token.text) !== null) return
  const [, name = '', number = ''] = /^([A-Za-z][A-Za-z_.,-]*?)[/_]?(\d{0,6})=?$/.exec(token.text) ?? []
  if (name === '') return
  const close = closing(cursor)
  const inner = close === undefined ? '' : cursor.text.slice(open.end, close.start).trim()
  // The plural in brackets: bank(s).
  if (/^(s|es|e|ies|en|er|n)$/.test(inner)) return
  const at = { start: token.start, end: close?.end ?? open.end }
  const refuse = (form: string, by?: string): never => {
    const repair =
      by === undefined || close === undefined || inner === '' ? undefined : cursor.replaced(at, by)
    throw new QueryError(
      `${token.text}(…) is written ${form} here.`,
      { start: token.start, end: open.end },
      repair,
    )
  }
  const plain = name.toLowerCase()
  const parts = argumentsOf(inner)
  if (/^(near|onear|w|within|phrase|ordered|unordered|span|sentence|paragraph)$/.test(plain)) {
    const last = parts.length > 1 && /^\d{1,6}$/.test(parts.at(-1) as string) ? parts.pop() : undefined
    if (parts.length === 1) parts.splice(0, 1, ...(parts[0] as string).replaceAll('"', '').split(/\s+/))
    const ordered = /^(onear|phrase|ordered|span)$/.test(plain)
    const wide = /^(sentence|paragraph)$/.test(plain) ? '20' : '5'
    const ours = `${ordered ? 'ONEAR' : 'NEAR'}/${last ?? (number || wide)}`
    refuse(
      `oil ${ours} gas, between two terms,`,
      parts.length === 2 ? `(${parts[0]} ${ours} ${parts[1]})` : undefined,
    )
  }
  const [first = ''] = parts
  if (
    /^(any|atleast|min|minimum)$/.test(plain) &&
    number === '' &&
    /^\d{1,6}$/.test(first) &&
    parts.length > 2
  )
    refuse(`ANY/${first} (oil, gas)`, `ANY/${first} (${parts.slice(1).join(', ')})`)
  if (/^(any|or|anyof|oneof)$/.test(plain)) {
    if (number !== '') refuse(`ANY/${number} (oil, gas)`, `ANY/${number} (${parts.join(', ')})`)
    refuse('(oil OR gas)', parts.length > 0 ? `(${parts.join(' OR ')})` : undefined)
  }
  if (/^(all|and|allof)$/.test(plain))
    refuse('(oil AND gas)', parts.length > 0 ? `(${parts.join(' AND ')})` : undefined)
  if (/^(min|minimum)$/.test(plain) && number !== '')
    refuse(`ANY/${number} (oil, gas)`, `ANY/${number} (${parts.join(', ')})`)
  if (/^(not|none|noneof)$/.test(plain))
    refuse('NOT (oil OR gas)', parts.length > 0 ? `NOT (${parts.join(' OR ')})` : undefined)
  if (/^(freq|count|repeat|occurs?|times)$/.test(plain)) {
    const least = number || (/^\d{1,6}$/.test(parts[1] ?? '') ? parts[1] : undefined)
    refuse(
      'oil{3}',
      least !== undefined && Number(least) > 0 && isTerm(parts[0]) ? `${parts[0]}{${least}}` : undefined,
    )
  }
  if (/^(caps|allcaps)$/.test(plain)) {
    const word = plain === 'allcaps' ? parts[0]?.toUpperCase() : parts[0]
    refuse('case:AIDS', parts.length === 1 && isTerm(word) ? `case:${word}` : undefined)
  }
  if (/^(nocaps|singular|plural|exact|su\.exact|syn|stem|fuzzy)$/.test(plain))
    refuse('as the words themselves: list the forms that you want (bank OR banks)', `(${inner})`)
  const field =
    FUNCTIONS.get(plain) ??
    (FIELDS.has(plain)
      ? plain
      : (FOREIGN_FIELDS.get(plain) ?? (/^[A-Z]+$/.test(name) ? FACTIVA.get(plain) : undefined)))
  if (field !== undefined && !(FIELDS.get(field)?.kind === 'date')) {
    const isText = FIELDS.get(field)?.kind === 'text'
    const coded = field === 'lang' || field === 'country' ? valueOfCode(field, inner) : undefined
    const value = isText
      ? `(${inner})`
      : typeof coded === 'string'
        ? coded
        : isTerm(inner)
          ? inner
          : inner === ''
            ? ''
            : `"${inner.replace(/["“”]/g, '')}"`
    refuse(`${field}:${isText ? '(…)' : '…'}`, `${field}:${value}`)
  }
  if (field !== undefined) refuse(`${field}:2025-05-01`)
  if (/^[A-Z][A-Z_-]+\d*$/.test(token.text))
    throw new QueryError(
      `There is no function “${token.text}(”. If you mean the word, put a space behind it.`,
      { start: token.start, end: open.end },
      cursor.replaced(open, ` ${open.text}`),
    )
}

/** A field's colon and signs; ATLEAST has a rule of its own. */
const OWN = /^-*(AROUND|atleast\/?\d+|atl\d+|.*[:@+!-])$/i

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['hlead', 'title'],
  ['title-abs-key', 'text'],
  ['title-abs', 'title'],
  ['ti,ab', 'title'],
  ['in_url', 'site'],
  ['by_twitter', 'author'],
  ['terms', 'theme'],
])

/** The bracket that closes the current one. */
function closing(cursor: Cursor): Token | undefined {
  let depth = 0
  for (let ahead = 0; ; ahead++) {
    const token = cursor.peek(ahead)
    if (token.kind === 'end') return undefined
    if (token.kind === 'open') depth++
    if (token.kind === 'close' && --depth === 0) return token
  }
}

/** What stands in brackets, divided at commas, else at spaces; nothing where there are brackets within. */
function argumentsOf(inner: string): string[] {
  if (/[()]/.test(inner)) return []
  const parts = inner.match(/"[^"]*"[^\s,]*|[^\s,"]+/g) ?? []
  if (!inner.includes(',')) return parts
  const listed = inner.match(/(?:"[^"]*"|[^,"])+/g)?.map((part) => part.trim()) ?? []
  return listed.filter((part) => part !== '').map((part) => (/^[^"\s]+\s/.test(part) ? `"${part}"` : part))
}

const isTerm = (text = ''): boolean => /^[\p{L}\p{N}]+$/u.test(text) || /^"[^"]+"$/.test(text)
