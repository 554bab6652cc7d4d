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
