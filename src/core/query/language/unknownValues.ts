import { foldValue } from '../words/words.ts'
import type { Query, QueryWarning, ValueField, ValueFilter } from './ast.ts'
import { type Finding, warningsOf } from './findings.ts'
import { closest } from './nearest.ts'
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
    if (near === undefined) findings.push({ message, at: node.at })
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
    case 'lang': {
      const names = [...new Set([...(known.lang ?? []), ...LANGUAGES])]
      if (nameOf('language', value.split('-')[0] as string) !== undefined) return null
      if (names.some((name) => name.toLowerCase() === value)) return null
      return byName('language', names, value) ?? closest(value, names)
    }
    case 'country': {
      const names = [...new Set([...(known.country ?? []), ...COUNTRIES])]
      if (names.includes(value) || nameOf('region', value) !== undefined) return null
      return byName('region', names, value) ?? closest(value, names)
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

/** The English name of a code; undefined for what is none. */
function nameOf(type: 'language' | 'region', code: string): string | undefined {
  try {
    return new Intl.DisplayNames(['en'], { type, fallback: 'none' }).of(code)
  } catch {
    return undefined
  }
}

/** The code of a language or country by its English name. */
const byName = (type: 'language' | 'region', codes: readonly string[], name: string): string | undefined =>
  codes.find((code) => nameOf(type, code)?.toLowerCase() === name.toLowerCase())

/** The code of a language or country by its English name; undefined for what is none. */
export const codeOf = (field: 'lang' | 'country', name: string): string | undefined =>
  field === 'lang' ? byName('language', LANGUAGES, name) : byName('region', COUNTRIES, name)

const LANGUAGES =
  'ar be bg cs da de el en es et fa fi fr he hi hr hu id it ja ka kk ko lt lv nl no pl pt ro ru sk sl sr sv tr uk ur uz vi zh'.split(
    ' ',
  )
const COUNTRIES =
  'AE AM AR AT AU AZ BA BE BG BR BY CA CH CN CY CZ DE DK EE EG ES FI FR GB GE GR HK HR HU IE IL IN IQ IR IT JP KP KR KZ LT LU LV MD ME MK MX NL NO NZ PL PS PT QA RO RS RU SA SE SI SK SY TR TW UA US UZ ZA'.split(
    ' ',
  )
