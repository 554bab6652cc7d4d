import type { DateOp, State, TextField, ValueField } from './ast.ts'

/** What stands before a colon, with its aliases. */
export type Field =
  | { readonly kind: 'text'; readonly field: TextField }
  | { readonly kind: 'value'; readonly field: ValueField }
  | { readonly kind: 'date'; readonly op: DateOp }
  | { readonly kind: 'is' | 'has' }
  | { readonly kind: 'case' }

const text = (field: TextField): Field => ({ kind: 'text', field })
const value = (field: ValueField): Field => ({ kind: 'value', field })
const date = (op: DateOp): Field => ({ kind: 'date', op })

export const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['title', text('title')],
  ['intitle', text('title')],
  ['summary', text('summary')],
  ['text', text('text')],
  ['body', text('text')],
  ['source', value('source')],
  ['author', value('author')],
  ['site', value('site')],
  ['lang', value('lang')],
  ['country', value('country')],
  ['bloc', value('bloc')],
  ['kind', value('kind')],
  ['theme', value('theme')],
  ['entity', value('entity')],
  ['alert', value('alert')],
  ['after', date('after')],
  ['before', date('before')],
  ['on', date('on')],
  ['within', date('within')],
  ['fetched', date('fetched')],
  ['is', { kind: 'is' }],
  ['has', { kind: 'has' }],
  ['case', { kind: 'case' }],
  ['raw', { kind: 'case' }],
])

export const STATES: ReadonlyMap<string, State> = new Map([
  ['unread', 'unread'],
  ['read', 'read'],
  ['starred', 'starred'],
  ['copy', 'copy'],
])

/**
 * The known name that was most likely meant: the shortest that begins as written, else the nearest within two edits
 * (Levenshtein), or one where so little was written that two would make another word of it.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = name.length < 4 ? 2 : 3
  let longer: string | undefined
  for (const candidate of names) {
    if (name.length > 1 && candidate.startsWith(name) && candidate.length < (longer?.length ?? Infinity))
      longer = candidate
    const distance = edits(name, candidate)
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return longer ?? best
}

function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] as number) + 1,
          (next[j - 1] as number) + 1,
          (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] as number
}
