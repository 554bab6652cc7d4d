import { hostOf } from './filters.ts'
import type { Subject } from './subject.ts'
import { tokenise } from './tokenise.ts'

/**
 * What the full-text table is fed for a story: the words of each field, and facets, one-word tokens for the filters
 * that a story keeps for life. Source, bloc, country and kind are asked as sets of source ids, so that editing a source
 * touches no index. Facet tokens live in a column of their own and cannot be reached by a person's text.
 */
export interface IndexEntry {
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly facets: string
}

export function indexEntry(subject: Subject, sourceId: number): IndexEntry {
  const [title, summary, text] = tokenise(subject).fields.map(({ list }) => list.folded.join(' '))
  const facets = [sourceFacet(sourceId)]
  const parts = (subject.lang ?? '').toLowerCase().split('-').filter(Boolean)
  for (let n = 1; n <= parts.length; n++) facets.push(languageFacet(parts.slice(0, n).join('-')))
  const host = hostOf(subject.url)
  const labels = host === '' ? [] : host.split('.')
  for (let n = 0; n < labels.length; n++) facets.push(siteFacet(labels.slice(n).join('.')))
  return { title: title ?? '', summary: summary ?? '', text: text ?? '', facets: facets.join(' ') }
}

const bytes = new TextEncoder()
/** The ascii tokenizer splits at ASCII punctuation: values go in as hexadecimal. */
const hex = (value: string): string =>
  [...bytes.encode(value)].map((b) => b.toString(16).padStart(2, '0')).join('')

export const sourceFacet = (id: number): string => `s${id}`
export const languageFacet = (language: string): string => `l${hex(language)}`
export const siteFacet = (site: string): string => `h${hex(site.replace(/^www\./, ''))}`
