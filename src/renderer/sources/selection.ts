import type { SourceState } from './sourceState.tsx'

/** Which sources the page shows: by state, kind, and words of their name or address. */
export interface Wanted {
  show: string
  kind: string
  text: string
  /** These alone; null for all. */
  ids?: ReadonlySet<number> | null
}

/** The address that lists these sources. */
export const sourcesOf = (ids: readonly number[]): string => `/sources?ids=${ids.join('.')}`

/** The sources that such an address lists; null where it names none. */
export const idsOf = (text: string | null): ReadonlySet<number> | null =>
  text === null || text === '' ? null : new Set(text.split('.').map(Number))

export const SHOWS = ['all', 'ok', 'failing', 'silent', 'paused'] as const
export type Show = (typeof SHOWS)[number]

const statesOf: Record<Show, readonly SourceState[] | null> = {
  all: null,
  // A source that is being fetched, or not yet was, has nothing wrong with it.
  ok: ['ok', 'fetching', 'new'],
  failing: ['failing', 'ended'],
  silent: ['silent'],
  paused: ['paused'],
}

interface Shown {
  id: number
  title: string
  customTitle: string
  url: string
  kind: string
  state: SourceState
}

export const showOf = (name: string | null): Show => SHOWS.find((show) => show === name) ?? 'all'

/** The sources that fit, in the order of their names. */
export function selected<S extends Shown>(sources: readonly S[], wanted: Wanted): S[] {
  const states = statesOf[showOf(wanted.show)]
  const words = fold(wanted.text)
    .split(/\s+/)
    .filter((word) => word !== '')
  return sources
    .filter(({ state }) => states === null || states.includes(state))
    .filter(({ kind }) => wanted.kind === '' || kind === wanted.kind)
    .filter(({ id }) => wanted.ids == null || wanted.ids.has(id))
    .filter((source) => {
      const where = fold(`${source.customTitle} ${source.title} ${source.url}`)
      return words.every((word) => where.includes(word))
    })
    .toSorted((a, b) => byName.compare(a.customTitle || a.title, b.customTitle || b.title))
}

const byName = new Intl.Collator('en', { sensitivity: 'base', numeric: true })
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
