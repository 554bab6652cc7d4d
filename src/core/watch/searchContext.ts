import type { Clock } from '../clock.ts'
import { foldValue } from '../query/words/words.ts'
import type { SearchContext } from '../store/search/search.ts'
import type { Definitions } from './definitions.ts'

/** @returns what `theme:`, `alert:`, `entity:` and `source:` mean in a query, by the definitions as they are when it is asked */
export function searchContext({
  now,
  timeZone,
  definitions,
  sources,
}: Clock & {
  readonly definitions: () => Pick<Definitions, 'concepts' | 'themes' | 'alerts' | 'entities'>
  readonly sources: SearchContext['sources']
}): () => SearchContext {
  return () => {
    const { concepts, themes, alerts, entities } = definitions()
    return {
      now: now(),
      timeZone,
      concepts,
      entities,
      sources,
      themes: (value) =>
        themes
          .filter(({ key, name }) => key === value || foldValue(name) === foldValue(value))
          .map(({ id }) => id),
      alerts: (value) => alerts.filter(({ name }) => foldValue(name) === value).map(({ id }) => id),
    }
  }
}
