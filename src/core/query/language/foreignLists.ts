import { FIELDS } from './fields.ts'
import type { Finding } from './findings.ts'
import { isOperator } from './operators.ts'
import { namesOf } from './placeCodes.ts'
import type { Token } from './scan.ts'

/** `oil, gas, coal`: a list of keywords, of which other products want any. */
export function listed(words: readonly Token[], source: string): Finding | null {
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
  if (isPlace(terms)) return null
  const by = `(${terms.join(' OR ')})`
  const commas = words.some(({ text }) => /[,;]/.test(text))
  return {
    message: `All of these must occur${commas ? '; commas say nothing here' : ''}. Where one is enough, write OR between them.`,
    at: { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 },
    by,
  }
}

/** `Paris, France`, `Washington, D.C.`: a place and where it lies, not two keywords. */
function isPlace(terms: readonly (string | null)[]): boolean {
  const [town = '', land = ''] = terms.map((term) => (term ?? '').replaceAll('"', ''))
  if (terms.length !== 2 || !/^\p{Lu}.*\p{Ll}/u.test(town)) return false
  const isCountry = (name: string): boolean => namesOf('country').has(name.toLowerCase())
  return (
    !isCountry(town) && (/^\p{Lu}\.?\p{Lu}\.?$/u.test(land) || (/^\p{Lu}/u.test(land) && isCountry(land)))
  )
}

/** The same as a group: `(oil, gas) coal`; where something in it is found already, that comes first. */
export function listedInBrackets(
  tokens: readonly Token[],
  source: string,
  found: readonly Finding[],
): Finding[] {
  const lists: Finding[] = []
  let open = -1
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'open') open = i
    if (token.kind !== 'close') continue
    const words = open < 0 ? [] : tokens.slice(open + 1, i)
    const before = tokens[open - 1]
    open = -1
    if (
      !words.some(({ text }) => /[,;]$/.test(text)) ||
      (before?.kind === 'run' && /:$/.test(before.text) && !isText(before.text))
    )
      continue
    const list = listed(words, source)
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0]
    if (list?.by === undefined || found.some(({ at }) => at.start < end && start < at.end)) continue
    lists.push({ ...list, by: list.by.slice(1, -1) })
  }
  return lists
}
const isText = (head: string): boolean =>
  FIELDS.get(head.replace(/^-+|:$/g, '').toLowerCase())?.kind === 'text'
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
