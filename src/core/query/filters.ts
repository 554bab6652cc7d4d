import type { DateFilter, StateFilter, ValueFilter } from './ast.ts'
import { durationOf, rangeOf } from './localTime.ts'
import type { Subject } from './subject.ts'
import { foldValue } from './words.ts'

/** Tests of what a story is rather than what it says; made once a query, asked once a story. */
export type Filter = (subject: Subject, now: number) => boolean

export function valueFilter({ field, value }: ValueFilter): Filter {
  switch (field) {
    case 'entity':
      throw new TypeError('entity: is evaluated as its concepts.')
    case 'source':
      return (s) => s.source !== undefined && foldValue(s.source.title) === value
    case 'author':
      return (s) => s.author !== undefined && foldValue(s.author) === value
    case 'site':
      return (s) => under(hostOf(s.url), value)
    case 'lang':
      return (s) => isLanguage(s.lang ?? '', value)
    case 'country':
      return (s) => s.source?.country?.toUpperCase() === value
    case 'bloc':
      return (s) => s.source?.bloc?.toUpperCase() === value
    case 'kind':
      return (s) => s.source?.kind?.toLowerCase() === value
    case 'theme':
      return (s) => s.themes?.has(value) ?? false
    case 'alert':
      return (s) => s.alerts?.has(value) ?? false
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
  const holds = publishedIn(filter, timeZone)
  return (s, now) => s.published !== null && holds(s.published, now)
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

function under(host: string, site: string): boolean {
  const wanted = site.replace(/^www\./, '')
  return host !== '' && (host === wanted || host.endsWith(`.${wanted}`))
}

/** `zh` matches `zh-cn`, not the other way round. */
function isLanguage(language: string, wanted: string): boolean {
  const have = language.toLowerCase()
  return have === wanted || have.startsWith(`${wanted}-`)
}
