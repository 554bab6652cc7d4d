import type { DateFilter, StateFilter, ValueFilter } from './ast.ts'
import { durationOf, rangeOf } from './localTime.ts'
import type { Subject } from './subject.ts'
import { foldValue } from './words.ts'

/** Tests of what a story is rather than what it says; made once a query, asked once a story. */
export type Filter = (subject: Subject, now: number) => boolean

export function valueFilter({ field, value }: ValueFilter): Filter {
  switch (field) {
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
    case 'entity':
      return (s) => s.entities?.has(value) ?? false
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

/** Dates are resolved here, once: `after` from the start of the moment, `before` ending before it. */
export function dateFilter({ op, value }: DateFilter, timeZone: string): Filter {
  if (op === 'within') {
    const length = durationOf(value)
    return (s, now) => s.published !== null && s.published >= now - length
  }
  const { start, end } = rangeOf(value, timeZone)
  switch (op) {
    case 'after':
      return (s) => s.published !== null && s.published >= start
    case 'before':
      return (s) => s.published !== null && s.published < start
    case 'on':
      return (s) => s.published !== null && s.published >= start && s.published < end
    case 'fetched':
      return (s) => s.fetched !== undefined && s.fetched >= start
  }
}

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
