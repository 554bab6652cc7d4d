import { printFilter } from '../../core/query/language/language.ts'

interface Named {
  title: string
  customTitle: string
  url: string
}

/** The name a source goes by: the person's, the feed's, or its address. */
export const nameOfSource = (source: Named): string => source.customTitle || source.title || source.url

/** The query that lists a source's stories. */
export const queryOfSource = (source: Named): string => printFilter('source', [nameOfSource(source)])
