import { foldValue } from '../words/words.ts'
import type { Query, QueryWarning, ValueField, ValueFilter } from './ast.ts'
import { type Finding, warningsOf } from './findings.ts'
import { closest, nearest } from './nearest.ts'
import { COUNTRIES, codeOf, isCode, LANGUAGES, namesOf } from './placeCodes.ts'
import { walk } from './walk.ts'

/** The values that stories can have; what is left out is not checked. */
export interface KnownValues {
  readonly theme?: readonly string[]
  readonly alert?: readonly string[]
  readonly source?: readonly string[]
  readonly entity?: readonly string[]
  readonly bloc?: readonly string[]
  /** Of the sources; a language or country that has a code is known besides. */
  readonly lang?: readonly string[]
  readonly country?: readonly string[]
}

/**
 * Warnings for values that no story can have, each with the nearest that some can.
 * @param text what the query was read from
 */
export function unknownValues(query: Query, text: string, known: KnownValues): QueryWarning[] {
  const findings: Finding[] = []
  walk(query, (node) => {
    if (node.type !== 'filter' || node.at === undefined || findings.length >= MOST) return
    const near = instead(node, known)
    if (near === null) return
    const written = text.slice(node.at.start, node.at.end)
    const head = /^[A-Za-z]+:/.exec(written)?.[0] ?? ''
    const name = written.slice(head.length).replace(/^["“”„«»]|["“”„«»]$/gu, '')
    const message = `There is no ${NAMES[node.field]} “${name}”.`
    const isBloc = node.field === 'country' && head !== '' && known.bloc?.includes(node.value) === true
    if (isBloc)
      findings.push({
        message: `${message} There is a bloc: bloc:${node.value}.`,
        at: node.at,
        by: `bloc:${node.value}`,
      })
    else if (near === undefined) findings.push({ message, at: node.at })
    else {
      const value = /^[\p{L}\p{N}-]+$/u.test(near) ? near : `"${near}"`
      const nearest = `${message} The nearest is ${node.field}:${value}.`
      findings.push({ message: nearest, at: node.at, by: head + value })
    }
  })
  return warningsOf(findings, text)
}

/** So many values are looked at. */
const MOST = 100
const NAMES: Record<ValueField, string> = {
  source: 'source',
  author: 'author',
  site: 'site',
  lang: 'language',
  country: 'country',
  bloc: 'bloc',
  kind: 'kind of source',
  theme: 'theme',
  entity: 'person, organisation or place',
  alert: 'alert',
  event: 'event',
}
const KINDS = ['state', 'public', 'independent', 'wire', 'institution', 'unknown']

/** The nearest value there is; undefined where there is none at all, null where the filter's own is known. */
function instead({ field, value }: ValueFilter, known: KnownValues): string | undefined | null {
  switch (field) {
    case 'author':
    case 'site':
    case 'event':
      return null
    case 'kind':
      return KINDS.includes(value) ? null : closest(value, KINDS)
    case 'lang':
    case 'country': {
      const codes = [...new Set([...(known[field] ?? []), ...(field === 'lang' ? LANGUAGES : COUNTRIES)])]
      if (isCode(field, value) || codes.some((code) => code.toLowerCase() === value.toLowerCase()))
        return null
      const meant = codeOf(field, value)
      if (meant !== undefined) return meant
      const names = namesOf(field)
      const near = value.length > 3 ? nearest(value.toLowerCase(), names.keys()) : undefined
      return near === undefined ? closest(value, codes) : names.get(near)
    }
    default: {
      const names = known[field]
      if (names === undefined) return null
      const folded = foldValue(value)
      if (names.some((name) => foldValue(name) === folded || name.toLowerCase() === value.toLowerCase()))
        return null
      const near = closest(folded, names.map(foldValue))
      return names.find((name) => foldValue(name) === near)
    }
  }
}
