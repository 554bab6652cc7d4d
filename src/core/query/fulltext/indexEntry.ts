import { hostOf } from '../match/filters.ts'
import { AS_FOLDED, casingOf, isUnusualCasing, SpellingWriter } from '../match/spelling.ts'
import type { Subject } from '../match/subject.ts'
import { type Tokenised, tokenise } from '../match/tokenise.ts'
import { foldValue } from '../words/words.ts'

/**
 * What the full-text table holds of a story: the words of each field, and keywords, which are one-word tokens for the filters
 * on values that a story never changes (the column is named `facets`). Bloc, country and kind are looked up as sets of source
 * ids, so that editing a source changes no index. A keyword begins with a private-use character, which no word contains: a
 * person's text cannot match one. `spelling` is not indexed: it has how each folded word is written.
 */
export interface IndexEntry {
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly keywords: string
  readonly spelling: string
}

/** @param story a story, or its words where it was read into words already */
export function indexEntry(story: Subject | Tokenised, sourceId: number): IndexEntry {
  const { subject, fields } = 'fields' in story ? story : tokenise(story)
  const [title, summary, text] = fields.map(({ folded }) => folded.join(' '))
  const keywords = [sourceKeyword(sourceId)]
  const parts = (subject.lang ?? '').toLowerCase().split('-').filter(Boolean)
  for (let n = 1; n <= parts.length; n++) keywords.push(languageKeyword(parts.slice(0, n).join('-')))
  const host = hostOf(subject.url)
  const labels = host === '' ? [] : host.split('.')
  for (let n = 0; n < labels.length; n++) keywords.push(siteKeyword(labels.slice(n).join('.')))
  const author = foldValue(subject.author ?? '')
  if (author !== '') keywords.push(authorKeyword(author))
  const { unusual, spelling } = written(fields)
  for (const form of unusual) keywords.push(formKeyword(form))
  return {
    title: title ?? '',
    summary: summary ?? '',
    text: text ?? '',
    keywords: keywords.join(' '),
    spelling,
  }
}

const KEYWORD = '\ue000'
/** The ascii tokenizer splits at ASCII punctuation, so values are stored as hexadecimal. */
const hex = (value: string): string => Buffer.from(value).toString('hex')

export const sourceKeyword = (id: number): string => `${KEYWORD}s${id}`
export const languageKeyword = (language: string): string => `${KEYWORD}l${hex(language)}`
export const siteKeyword = (site: string): string => `${KEYWORD}h${hex(site.replace(/^www\./, ''))}`
/** @param author folded like words. A keyword has the first 100 characters: see `authorIsWhole`. */
export const authorKeyword = (author: string): string => `${KEYWORD}a${hex(author.slice(0, AUTHOR_LENGTH))}`
const AUTHOR_LENGTH = 100
/** True if the keyword of this author stands for no other. */
export const authorIsWhole = (author: string): boolean => author.length < AUTHOR_LENGTH

/**
 * The keyword of an unusual form, for `case:`. The ascii tokenizer ignores the case of A to Z only, so those become private-use
 * characters.
 */
export const formKeyword = (exact: string): string =>
  `${KEYWORD}c${exact.replace(/[A-Z]/g, (c) => String.fromCharCode(0xe000 + c.charCodeAt(0)))}`

/** The unusual forms of a story, each once, and how all its words are written. */
function written(fields: Tokenised['fields']): { unusual: ReadonlySet<string>; spelling: string } {
  const unusual = new Set<string>()
  const writer = new SpellingWriter()
  for (const field of fields) {
    const { length } = field.numbers.ids
    for (let i = 0; i < length; i++) {
      const casing = casingOf(field, i)
      if (casing === AS_FOLDED) continue
      writer.add(i, casing)
      if (isUnusualCasing(casing)) unusual.add(field.exact(i) as string)
    }
    writer.endField()
  }
  return { unusual, spelling: writer.text }
}
