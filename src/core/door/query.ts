import type {
  Completion,
  PastSearch,
  QueryCheck,
  QueryUse,
  SavedSearch,
  SearchDraft,
} from '../../api/contract/query.ts'
import { QueryError } from '../query/language/ast.ts'
import { complete } from '../query/language/complete.ts'
import { queryTokens } from '../query/language/highlight.ts'
import { parseQuery } from '../query/language/parse.ts'
import { printQuery } from '../query/language/print.ts'
import { type KnownValues, unknownValues } from '../query/language/unknownValues.ts'
import { titleOf } from '../store/sources.ts'
import type { DoorParts } from './parts.ts'

export interface Queries {
  /** Never fails: an error in the query is part of the answer. */
  check(text: string, use: QueryUse): QueryCheck
  complete(text: string, caret: number): Completion[]
  history(): PastSearch[]
  /** A search is remembered when its list was opened. Text that cannot be read is not. */
  remember(query: string): void
  forgetHistory(): void
  saved(): SavedSearch[]
  save(draft: SearchDraft): SavedSearch
  removeSaved(id: number): void
}

type Parts = Pick<DoorParts, 'sources' | 'alerts' | 'searches' | 'changes' | 'definitions' | 'now'>

export function queryNoun(parts: Parts): Queries {
  const { searches, changes, definitions, now } = parts
  const read = (text: string, use: QueryUse) => parseQuery(text, { use, concepts: definitions().concepts })

  /** What filters can name. */
  function known(): KnownValues {
    const { themes, conceptRecords } = definitions()
    const sources = parts.sources.all()
    const of = (values: readonly string[]): string[] => [...new Set(values.filter((value) => value !== ''))]
    return {
      theme: themes.flatMap(({ key, name }) => [key, name]),
      alert: parts.alerts.all().map(({ name }) => name),
      source: of(sources.map(titleOf)),
      entity: conceptRecords.flatMap(({ name, label }) => [label, name]),
      bloc: of(sources.map(({ bloc }) => bloc)),
      lang: of(sources.map(({ language }) => language)),
      country: of(sources.map(({ country }) => country)),
    }
  }

  return {
    check(text, use) {
      const tokens = queryTokens(text)
      if (text.trim() === '') return { canonical: '', tokens, warnings: [] }
      try {
        const { query, warnings } = read(text, use)
        const all = [...warnings, ...unknownValues(query, text, known())]
        return {
          canonical: printQuery(query),
          tokens,
          warnings: all.map(({ message, at: { start, end }, repair }) => ({
            message,
            at: { start, end },
            ...(repair === undefined ? {} : { repair }),
          })),
        }
      } catch (error) {
        if (!(error instanceof QueryError)) throw error
        const { message, at, repair } = error
        return {
          tokens,
          warnings: [],
          error: {
            message,
            at: { start: at.start, end: at.end },
            ...(repair === undefined ? {} : { repair }),
          },
        }
      }
    },
    complete(text, caret) {
      return complete(text, caret, {
        concepts: definitions().conceptRecords,
        themes: definitions().themes.map(({ key, name }) => ({ id: key, name })),
        sources: parts.sources.all().map((source) => ({
          title: titleOf(source),
          bloc: source.bloc,
          country: source.country,
          language: source.language,
        })),
        alerts: parts.alerts.all().map(({ name }) => name),
        saved: searches.saved(),
      })
    },
    history: () => searches.history(),
    remember(query) {
      if (query.trim() === '') return
      read(query, 'search')
      searches.remember(query.trim(), now())
    },
    forgetHistory: () => searches.forget(),
    saved: () => searches.saved(),
    save(draft) {
      read(draft.query, 'search')
      const saved = searches.save({ ...draft, name: draft.name.trim() }, now())
      changes.emit({ type: 'searches' })
      return saved
    },
    removeSaved(id) {
      searches.remove(id)
      changes.emit({ type: 'searches' })
    },
  }
}
