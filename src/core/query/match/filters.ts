import { durationOf, rangeOf } from '../../localTime.ts'
import type { DateFilter, StateFilter, ValueField, ValueFilter } from '../language/ast.ts'
import { foldValue } from '../words/words.ts'
import type { Subject } from './subject.ts'

/** Tests of a story's metadata, not of its text; made once per query, run once per story. */
export type Filter = (subject: Subject, now: number) => boolean

export function valueFilter({ field, value }: ValueFilter): Filter {
  switch (field) {
    case 'entity':
      throw new TypeError('entity: is evaluated as its concepts.')
    case 'theme':
      return (s) => s.themes?.has(value) ?? false
    case 'alert':
      return (s) => s.alerts?.has(value) ?? false
    case 'event':
      return (s) => s.event !== undefined && String(s.event) === value
    default: {
      const wanted = wantedValue(field, value)
      return (s) => valuesOf(field, s).includes(wanted)
    }
  }
}

/** Fields of which a story has few values: those are looked up among the keywords of all queries. */
export type KeywordField = Exclude<ValueField, 'entity' | 'theme' | 'alert' | 'event'>

/** The value that a story must have among its `valuesOf` to pass a filter. */
export const wantedValue = (field: KeywordField, value: string): string =>
  field === 'site' ? value.replace(/^www\./, '') : value

/** All values for which a filter on a field passes a story. */
export function valuesOf(field: KeywordField, { source, author, url, lang }: Subject): readonly string[] {
  switch (field) {
    case 'source':
      return source === undefined ? [] : [foldValue(source.title)]
    case 'author':
      return author === undefined ? [] : [foldValue(author)]
    case 'site':
      return tails(hostOf(url))
    case 'lang':
      return heads((lang ?? '').toLowerCase())
    case 'country':
      return source?.country === undefined ? [] : [source.country.toUpperCase()]
    case 'bloc':
      return source?.bloc === undefined ? [] : [source.bloc.toUpperCase()]
    case 'kind':
      return source?.kind === undefined ? [] : [source.kind.toLowerCase()]
  }
}

export function stateFilter({ state }: StateFilter): Filter {
  switch (state) {
    case 'read':
      return (s) => s.read === true
    case 'unread':
      return (s) => s.read !== true
    case 'starred':
      return (s) => s.starred === true
    case 'copy':
      return (s) => s.copy === true
    case 'note':
      return (s) => s.note === true
  }
}

export function dateFilter(filter: DateFilter, timeZone: string): Filter {
  if (filter.op === 'fetched') {
    const { start } = rangeOf(filter.value, timeZone)
    return (s) => s.fetched !== undefined && s.fetched >= start
  }
  const passes = publishedIn(filter, timeZone)
  return (s, now) => s.published !== null && passes(s.published, now)
}

/** `within` moves with the clock; the others are resolved here, once. */
function publishedIn(filter: DateFilter, timeZone: string): (published: number, now: number) => boolean {
  if (filter.op === 'within') {
    const length = durationOf(filter.value)
    return (published, now) => secondOf(published) >= Math.ceil((now - length) / 1000)
  }
  const { from, to } = secondsOf(filter, { now: 0, timeZone })
  return (published) => {
    const second = secondOf(published)
    return second >= from && second < to
  }
}

/**
 * The published seconds (since 1970, `to` exclusive) that a date filter covers: `after` from the start of the moment,
 * `before` ending before it, `within` from that long ago on. Both back-ends compare whole seconds.
 */
export function secondsOf(
  { op, value }: DateFilter,
  { now, timeZone }: { now: number; timeZone: string },
): { from: number; to: number } {
  if (op === 'within') return { from: Math.ceil((now - durationOf(value)) / 1000), to: Infinity }
  const { start, end } = rangeOf(value, timeZone)
  const [first, last] = [Math.ceil(start / 1000), Math.ceil(end / 1000)]
  switch (op) {
    case 'before':
      return { from: 0, to: first }
    case 'on':
      return { from: first, to: last }
    default:
      return { from: first, to: Infinity }
  }
}

/** The second that a moment (ms) falls in; earlier than 1970 counts as 1970, as in the archive. */
const secondOf = (ms: number): number => Math.max(0, Math.floor(ms / 1000))

/** The host of a link, lower case without "www.", or ''. */
export function hostOf(url: string | undefined): string {
  if (url === undefined || url === '') return ''
  try {
    return new URL(url).hostname.toLowerCase().replace(/^www\./, '')
  } catch {
    return ''
  }
}

/** A host and the hosts it is under: `site:bbc.co.uk` matches news.bbc.co.uk. */
function tails(host: string): string[] {
  const all: string[] = []
  for (let at = 0; at < host.length; at = host.indexOf('.', at) + 1) {
    all.push(host.slice(at))
    if (!host.includes('.', at)) break
  }
  return all
}

/** A language and those it is a variety of: `lang:zh` matches zh-cn, not the other way round. */
function heads(language: string): string[] {
  const all = [language]
  for (let at = language.lastIndexOf('-'); at >= 0; at = language.lastIndexOf('-', at - 1)) {
    all.push(language.slice(0, at))
    if (at === 0) break
  }
  return all
}
