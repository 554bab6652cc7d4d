import { foldValue } from '../words/words.ts'
import { FIELDS, STATES } from './fields.ts'
import { inQuotes } from './print.ts'
import { scan, type Token } from './scan.ts'

/** What could stand at the caret. Taking one replaces `text.slice(start, end)` by `insert`. */
export interface Completion {
  insert: string
  start: number
  end: number
  label: string
  detail: string
  kind: 'field' | 'concept' | 'theme' | 'source' | 'value' | 'operator' | 'saved'
}

/** The names there are to complete. */
export interface QueryVocabulary {
  readonly concepts: readonly { readonly name: string; readonly label: string; readonly type?: string }[]
  readonly themes: readonly { readonly id: string; readonly name: string }[]
  readonly sources: readonly {
    readonly title: string
    readonly bloc: string
    readonly country: string
    readonly language: string
  }[]
  readonly alerts: readonly string[]
  readonly saved: readonly { readonly name: string; readonly query: string }[]
}

const MOST = 12

/** Completions for what is being written at the caret, likeliest first; none where nothing has been begun. */
export function complete(text: string, caret: number, vocabulary: QueryVocabulary): Completion[] {
  const begun = begunAt(text, Math.min(Math.max(caret, 0), text.length))
  if (begun === null) return []
  const { start, end, field, part } = begun
  const offers = field === null ? anything(part, vocabulary) : values(field, vocabulary)
  const wanted = foldValue(part.replace(/^@/, ''))
  return offers
    .map((offer) => ({ offer, rank: rank(offer, part, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank || compare(a.offer.label, b.offer.label))
    .slice(0, MOST)
    .map(({ offer: { insert, label, detail, kind } }) => ({ insert, start, end, label, detail, kind }))
}

interface Offer {
  readonly insert: string
  readonly label: string
  readonly detail: string
  readonly kind: Completion['kind']
}

const NO_MATCH = 9
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** 0 begins so as written, 1 begins so folded, 2 a later word does. */
function rank(offer: Offer, part: string, wanted: string): number {
  if (offer.kind === 'operator') return offer.label.startsWith(part) ? 0 : NO_MATCH
  if (part === '' || part === '@') return 0
  if (offer.insert.toLowerCase().startsWith(part.toLowerCase())) return 0
  if (wanted === '') return NO_MATCH
  const names = [offer.label, offer.detail].map(foldValue)
  if (names.some((name) => name.startsWith(wanted))) return 1
  return names.some((name) => name.includes(` ${wanted}`)) ? 2 : NO_MATCH
}

/** What the caret stands in: a run, or the value of a field, quoted or not. */
function begunAt(
  text: string,
  caret: number,
): { start: number; end: number; field: string | null; part: string } | null {
  const tokens = scan(text, true)
  const at = tokens.findIndex(({ start, end, kind }) => kind !== 'end' && start < caret && caret <= end)
  const token = tokens[at]
  if (token === undefined) return null
  if (token.kind === 'phrase' || token.kind === 'broken') {
    // Behind a closing quote nothing is being written; within, only a field has values to offer.
    const closed = token.kind === 'phrase' && caret === token.end
    const field = token.glued ? fieldOf(tokens[at - 1]?.text ?? '') : null
    if (closed || field === null || tokens[at - 1]?.kind !== 'run') return null
    const end = token.kind === 'broken' ? caret : token.end
    return { start: token.start, end, field, part: text.slice(token.start + 1, caret) }
  }
  if (token.kind !== 'run') return null
  const list = listField(tokens, at)
  if (list !== null)
    return { start: token.start, end: token.end, field: list, part: text.slice(token.start, caret) }
  const head = /^-*(?:([A-Za-z]+):)?/.exec(token.text) as RegExpExecArray
  const start = token.start + head[0].length
  if (caret < start) return null
  const field = head[1] === undefined ? null : fieldOf(`${head[1]}:`)
  if (head[1] !== undefined && field === null) return null
  return { start, end: token.end, field: inText(field) ? null : field, part: text.slice(start, caret) }
}

/** The field of the bracketed list of values that a token stands in: `lang:(ru OR en)`. */
function listField(tokens: readonly Token[], at: number): string | null {
  let depth = 0
  for (let i = at - 1; i > 0; i--) {
    const { kind, glued } = tokens[i] as Token
    if (kind === 'close') depth++
    if (kind !== 'open' || depth-- > 0) continue
    const field = glued && tokens[i - 1]?.kind === 'run' ? fieldOf(tokens[i - 1]?.text ?? '') : null
    return inText(field) ? null : field
  }
  return null
}

const inText = (field: string | null): boolean => {
  const kind = field === null ? undefined : FIELDS.get(field)?.kind
  return kind === 'text'
}

/** The field that a run ends with, as in `-source:`. */
function fieldOf(run: string): string | null {
  const name = /^-*([A-Za-z]+):$/.exec(run)?.[1]?.toLowerCase()
  return name !== undefined && FIELDS.has(name) ? name : null
}

const OPERATORS: readonly [string, string][] = [
  ['AND', 'both'],
  ['OR', 'either'],
  ['NOT', 'not the next'],
  ['NEAR/5', 'at most 5 words between'],
  ['ONEAR/5', 'at most 5 words between, in this order'],
  ['ANY/2', 'at least 2 of a list: ANY/2 (a, b, c)'],
]

const FIELD_HELP: Record<string, string> = {
  title: 'words of the title',
  summary: 'words of the summary',
  text: 'words of the text',
  source: 'one source, by name',
  author: 'one author, by name',
  site: 'the link’s host',
  lang: 'language of the story',
  country: 'country of the source',
  bloc: 'bloc of the source',
  kind: 'state, public, independent …',
  theme: 'tagged with a theme',
  entity: 'names a person, place or organisation',
  alert: 'hit by an alert',
  after: 'published on or after a day',
  before: 'published before a day',
  on: 'published on a day',
  within: 'published in the last 7d, 12h …',
  fetched: 'arrived since a moment',
  is: 'unread, read, starred, copy',
  has: 'note',
  case: 'exact case and accents',
}

function anything(part: string, vocabulary: QueryVocabulary): Offer[] {
  const concepts = vocabulary.concepts.map(
    ({ name, label, type }): Offer => ({
      insert: `@${name}`,
      label: `@${name}`,
      detail: type === undefined ? label : `${label}, ${type}`,
      kind: 'concept',
    }),
  )
  if (part.startsWith('@')) return concepts
  // An operator that is written out asks for its operand, not for names that hold its letters.
  if (part === '' || OPERATORS.some(([name]) => name === part)) return []
  const operators = OPERATORS.map(
    ([name, detail]): Offer => ({ insert: `${name} `, label: name, detail, kind: 'operator' }),
  )
  const fields = Object.entries(FIELD_HELP).map(
    ([name, detail]): Offer => ({ insert: `${name}:`, label: `${name}:`, detail, kind: 'field' }),
  )
  // One letter begins too many names.
  if (part.length < 2) return [...operators, ...fields.filter((f) => f.label.startsWith(part.toLowerCase()))]
  const begunField = fields.filter((f) => f.label.startsWith(part.toLowerCase()))
  return [
    ...operators,
    ...begunField,
    ...concepts,
    ...values('theme', vocabulary).map((offer) => ({ ...offer, insert: `theme:${offer.insert}` })),
    ...vocabulary.saved.map(
      ({ name, query }): Offer => ({ insert: `(${query})`, label: name, detail: query, kind: 'saved' }),
    ),
  ]
}

function values(field: string, vocabulary: QueryVocabulary): Offer[] {
  const { sources } = vocabulary
  switch (field) {
    case 'theme':
      return vocabulary.themes.map(({ id, name }) => ({
        insert: id,
        label: name,
        detail: `theme:${id}`,
        kind: 'theme',
      }))
    case 'source':
      return sources.map(({ title, bloc, language }) => ({
        insert: quoted(title),
        label: title,
        detail: [bloc, language].filter(Boolean).join(', '),
        kind: 'source',
      }))
    case 'entity':
      return vocabulary.concepts.map(({ name, label }) => ({
        insert: quoted(label === '' ? name : label),
        label: label === '' ? name : label,
        detail: `@${name}`,
        kind: 'concept',
      }))
    case 'alert':
      return vocabulary.alerts.map((name) => value(quoted(name), name))
    case 'bloc':
      return counted(sources.map(({ bloc }) => bloc))
    case 'country':
      return counted(sources.map(({ country }) => country))
    case 'lang':
      return counted(sources.map(({ language }) => language.toLowerCase()))
    case 'kind':
      return ['state', 'public', 'independent', 'wire', 'institution', 'unknown'].map((kind) => value(kind))
    case 'is':
      return [...STATES.keys()].map((state) => value(state))
    case 'has':
      return [value('note')]
    case 'within':
      return [
        value('24h', '24h', 'the last 24 hours'),
        value('7d', '7d', 'the last 7 days'),
        value('30d', '30d', 'the last 30 days'),
      ]
    default:
      return []
  }
}

const value = (insert: string, label = insert, detail = ''): Offer => ({
  insert,
  label,
  detail,
  kind: 'value',
})

/** Values with how many sources have them. */
function counted(all: readonly string[]): Offer[] {
  const counts = new Map<string, number>()
  for (const one of all) if (one !== '') counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].map(([one, n]) => value(one, one, n === 1 ? '1 source' : `${n} sources`))
}

/** A name as the value of a field. */
const quoted = (name: string): string => inQuotes(name).replace(/\s+/g, ' ')
