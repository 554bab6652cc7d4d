import { hostOf } from '../match/filters.ts'
import { AS_FOLDED, mannerOf, SpellingWriter, saysMore } from '../match/spelling.ts'
import type { Subject } from '../match/subject.ts'
import { type Tokenised, tokenise } from '../match/tokenise.ts'
import { foldValue } from '../words/words.ts'

/**
 * What the full-text table is fed for a story: the words of each field, and facets, one-word tokens for the filters
 * that a story keeps for life. Bloc, country and kind are asked as sets of source ids, so that editing a source touches
 * no index. A facet begins with a private-use character, which no word holds: a person's text cannot reach it.
 * `spelling` is not indexed: it tells of the folded words how they are written.
 */
export interface IndexEntry {
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly facets: string
  readonly spelling: string
}

/** @param story a story, or its words where it was read into words already */
export function indexEntry(story: Subject | Tokenised, sourceId: number): IndexEntry {
  const { subject, fields } = 'fields' in story ? story : tokenise(story)
  const [title, summary, text] = fields.map(({ folded }) => folded.join(' '))
  const facets = [sourceFacet(sourceId)]
  const parts = (subject.lang ?? '').toLowerCase().split('-').filter(Boolean)
  for (let n = 1; n <= parts.length; n++) facets.push(languageFacet(parts.slice(0, n).join('-')))
  const host = hostOf(subject.url)
  const labels = host === '' ? [] : host.split('.')
  for (let n = 0; n < labels.length; n++) facets.push(siteFacet(labels.slice(n).join('.')))
  const author = foldValue(subject.author ?? '')
  if (author !== '') facets.push(authorFacet(author))
  const { unusual, spelling } = written(fields)
  for (const form of unusual) facets.push(formFacet(form))
  return { title: title ?? '', summary: summary ?? '', text: text ?? '', facets: facets.join(' '), spelling }
}

const MARK = '\ue000'
/** The ascii tokenizer splits at ASCII punctuation: values go in as hexadecimal. */
const hex = (value: string): string => Buffer.from(value).toString('hex')

export const sourceFacet = (id: number): string => `${MARK}s${id}`
export const languageFacet = (language: string): string => `${MARK}l${hex(language)}`
export const siteFacet = (site: string): string => `${MARK}h${hex(site.replace(/^www\./, ''))}`
/** @param author folded like words. A facet holds the first 100 characters: see `authorIsWhole`. */
export const authorFacet = (author: string): string => `${MARK}a${hex(author.slice(0, AUTHOR_LENGTH))}`
const AUTHOR_LENGTH = 100
/** Whether the facet of this author stands for no other. */
export const authorIsWhole = (author: string): boolean => author.length < AUTHOR_LENGTH

/**
 * `case:` finds unusual forms by this facet. The ascii tokenizer ignores the case of A to Z only: they go in as private-use
 * characters.
 */
export const formFacet = (exact: string): string =>
  `${MARK}c${exact.replace(/[A-Z]/g, (c) => String.fromCharCode(0xe000 + c.charCodeAt(0)))}`

/** The unusual forms of a story, each once, and how all its words are written. */
function written(fields: Tokenised['fields']): { unusual: ReadonlySet<string>; spelling: string } {
  const unusual = new Set<string>()
  const writer = new SpellingWriter()
  for (const field of fields) {
    const { length } = field.numbers.ids
    for (let i = 0; i < length; i++) {
      const how = mannerOf(field, i)
      if (how === AS_FOLDED) continue
      writer.add(i, how)
      if (saysMore(how)) unusual.add(field.exact(i) as string)
    }
    writer.endField()
  }
  return { unusual, spelling: writer.text }
}
