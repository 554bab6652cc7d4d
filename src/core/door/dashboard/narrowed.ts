import { localMoment } from '../../localTime.ts'
import { isSourceField } from '../../query/fulltext/context.ts'
import type { Query } from '../../query/language/ast.ts'
import { printQuery } from '../../query/language/print.ts'
import { valueFilter } from '../../query/match/filters.ts'
import { foldValue } from '../../query/words/words.ts'
import type { CountStore } from '../../store/counts.ts'
import { titleOf } from '../../store/sources.ts'
import { ALL_STORIES } from '../../store/tags.ts'
import type { DoorParts } from '../parts.ts'
import { queryOf } from '../storyRows.ts'

/** What a panel is divided by: a filter on it does not narrow the panel, it frames what was chosen in it. */
export type Axis = 'theme' | 'bloc'

/** The numbers of the stories that pass a filter, and the query text that lists them. */
export interface Narrowed {
  readonly counts: CountStore
  /** '' where nothing is filtered. */
  readonly query: string
}

/** A filter as the dashboard counts by it. */
export interface DashboardFilter {
  /** Narrowed by all of the filter but what is on these axes. */
  except(...axes: Axis[]): Narrowed
  /** The one bloc that it asks for; null where it asks for none, or several. */
  readonly chosenBloc: string | null
}

type Parts = Pick<DoorParts, 'counts' | 'sources' | 'search' | 'definitions' | 'timeZone'>

/**
 * Reads a filter. What it says of sources (source, bloc, country, kind) and of one theme is counted from the daily counts, which
 * are kept by theme and source; anything else by search.
 * @param since the earliest time that figures are asked of (ms)
 * @throws QueryError
 */
export function dashboardFilter(parts: Parts, text: string, since: number): DashboardFilter {
  const conditions = text.trim() === '' ? [] : conditionsOf(queryOf(parts, text))
  const made = new Map<string, Narrowed>()

  function narrowedBy(by: readonly Query[]): Narrowed {
    const query = by.length === 0 ? '' : printQuery(joined(by))
    const about = by.filter((part) => !isOnlyOf(part, isOfSource))
    const ofSources = by.filter((part) => isOnlyOf(part, isOfSource))
    const counts =
      ofSources.length === 0 ? parts.counts : parts.counts.ofSources(sourcesOf(parts, joined(ofSources)))
    if (about.length === 0) return { counts, query }
    const matches = once(() => parts.counts.ofMatches(matchedBy(parts, query), since))
    const [theme, ...others] = about
    const id = theme !== undefined && others.length === 0 ? themeOf(parts, theme) : null
    return { counts: id === null ? deferred(matches) : ofTheme(id, counts, deferred(matches)), query }
  }

  return {
    chosenBloc: chosenOf(conditions, 'bloc'),
    except(...axes) {
      const by = conditions.filter((part) => !axes.some((axis) => isOnlyOf(part, (field) => field === axis)))
      const key = axes.join(' ')
      const narrowed = made.get(key) ?? narrowedBy(by)
      made.set(key, narrowed)
      return narrowed
    },
  }
}

/** The parts of a query joined by AND; each is bracketed where an OR would reach beyond it. */
export const joinedQuery = (...parts: readonly string[]): string => {
  const given = parts.filter((part) => part !== '')
  return given.map((part) => (given.length > 1 && /\bOR\b/.test(part) ? `(${part})` : part)).join(' ')
}

const conditionsOf = (query: Query): readonly Query[] => (query.type === 'and' ? query.of : [query])

const joined = (parts: readonly Query[]): Query => {
  const [first, ...others] = parts
  return first !== undefined && others.length === 0 ? first : { type: 'and', of: parts }
}

/** The value of a field that conditions ask for, where that is one. */
function chosenOf(conditions: readonly Query[], field: Axis): string | null {
  const [one, ...others] = conditions.filter((part) => isOnlyOf(part, (name) => name === field))
  return one?.type === 'filter' && others.length === 0 ? one.value.toUpperCase() : null
}

const isOfSource = (field: string): boolean => isSourceField(field as Parameters<typeof isSourceField>[0])

/** True if a condition is nothing but filters on such fields, however joined. */
function isOnlyOf(query: Query, has: (field: string) => boolean): boolean {
  switch (query.type) {
    case 'filter':
      return has(query.field)
    case 'not':
      return isOnlyOf(query.of, has)
    case 'and':
    case 'or':
      return query.of.every((part) => isOnlyOf(part, has))
    default:
      return false
  }
}

/** The sources that pass a condition on sources alone, decided as the matcher decides. */
function sourcesOf({ sources }: Pick<Parts, 'sources'>, condition: Query): Set<number> {
  const passes = (query: Query): ((source: ReturnType<typeof sources.all>[number]) => boolean) => {
    switch (query.type) {
      case 'filter': {
        const matches = valueFilter(query)
        return (source) =>
          matches(
            {
              title: '',
              summary: '',
              text: '',
              published: null,
              source: { ...source, title: titleOf(source) },
            },
            0,
          )
      }
      case 'not': {
        const not = passes(query.of)
        return (source) => !not(source)
      }
      case 'and':
      case 'or': {
        const each = query.of.map(passes)
        return (source) =>
          query.type === 'and' ? each.every((one) => one(source)) : each.some((one) => one(source))
      }
      default:
        return () => false
    }
  }
  return new Set(
    sources
      .all()
      .filter(passes(condition))
      .map(({ id }) => id),
  )
}

/** The row id of the one theme or group that a condition asks for; null where it is something else. */
function themeOf({ definitions }: Pick<Parts, 'definitions'>, condition: Query): number | null {
  if (condition.type !== 'filter' || condition.field !== 'theme') return null
  const { value } = condition
  const [theme, ...others] = definitions().themes.filter(
    ({ key, name }) => key === value || foldValue(name) === foldValue(value),
  )
  return theme === undefined || others.length > 0 ? null : theme.id
}

/** The numbers of all stories are those of a theme; of its stories that have another theme too, the daily counts know nothing. */
function ofTheme(id: number, counts: CountStore, matches: CountStore): CountStore {
  const of = (theme: number): CountStore => (theme === ALL_STORIES ? counts : matches)
  const own = (theme: number): number => (theme === ALL_STORIES ? id : theme)
  return {
    published(themes, from, to) {
      const others = themes.filter((theme) => theme !== ALL_STORIES)
      const found = new Map(others.length === 0 ? [] : matches.published(others, from, to))
      if (themes.includes(ALL_STORIES))
        found.set(ALL_STORIES, counts.published([id], from, to).get(id) ?? new Map())
      return found
    },
    fetched(from, to) {
      const found = counts.fetched(from, to)
      return new Map([[ALL_STORIES, found.get(id) ?? new Map()]])
    },
    daily: (theme, first, last) => of(theme).daily(own(theme), first, last),
    dailyBySource: (theme, first, last) => of(theme).dailyBySource(own(theme), first, last),
    buckets: (theme, from, seconds, count) => of(theme).buckets(own(theme), from, seconds, count),
    events: {
      published(themes, from, to) {
        const others = themes.filter((theme) => theme !== ALL_STORIES)
        const found = new Map(others.length === 0 ? [] : matches.events.published(others, from, to))
        const all = themes.includes(ALL_STORIES) ? counts.events.published([id], from, to).get(id) : undefined
        if (all !== undefined) found.set(ALL_STORIES, all)
        return found
      },
      fetched(from, to) {
        const all = counts.events.fetched(from, to).get(id)
        return new Map(all === undefined ? [] : [[ALL_STORIES, all]])
      },
      byDays: (theme, stretches) => of(theme).events.byDays(own(theme), stretches),
      buckets: (theme, ...asked) => of(theme).events.buckets(own(theme), ...asked),
      largest: (theme, ...asked) => of(theme).events.largest(own(theme), ...asked),
    },
  }
}

/** Search is asked only once a number is wanted. */
function deferred(counts: () => CountStore): CountStore {
  return {
    published: (...asked) => counts().published(...asked),
    fetched: (...asked) => counts().fetched(...asked),
    daily: (...asked) => counts().daily(...asked),
    dailyBySource: (...asked) => counts().dailyBySource(...asked),
    buckets: (...asked) => counts().buckets(...asked),
    events: {
      published: (...asked) => counts().events.published(...asked),
      fetched: (...asked) => counts().events.fetched(...asked),
      byDays: (...asked) => counts().events.byDays(...asked),
      buckets: (...asked) => counts().events.buckets(...asked),
      largest: (...asked) => counts().events.largest(...asked),
    },
  }
}

function matchedBy(parts: Parts, text: string) {
  const found = (dates: string): Iterable<readonly number[]> =>
    parts.search.docidsInSteps(queryOf(parts, joinedQuery(text, dates)))
  const moment = (ms: number): string => localMoment(ms, parts.timeZone)
  return {
    published: (from: number, to: number) => found(`after:${moment(from)} before:${moment(to)}`),
    fetched: (from: number, to: number) => found(`fetched:${moment(from)} -fetched:${moment(to)}`),
  }
}

function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined
  return () => {
    result ??= { value: compute() }
    return result.value
  }
}
