import { parseQuery } from '../query/language/parse.ts'
import { createMatcher, type Matcher } from '../query/match/matcher.ts'
import type { ConceptBook } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'
import { foldValue } from '../query/words/words.ts'
import type { AlertStore } from '../store/alerts.ts'
import type { ConceptRecord, ThemeRecord, ThemeStore } from '../store/themes.ts'
import { conceptBook } from './conceptBook.ts'
import { createPercolator, type Percolator } from './percolator.ts'

/** What the stored definitions (concepts, themes, alerts) are once read: kept until one of them changes. */
export interface Definitions {
  readonly concepts: ConceptBook
  /** The concepts as they are kept: labels, types, notes. */
  readonly conceptRecords: readonly ConceptRecord[]
  readonly percolator: Percolator
  readonly themes: readonly ThemeRecord[]
  /** Row id of a theme's group, null for a group or a theme without one. */
  groupOf(theme: number): number | null
  /** Names of the concepts that `entity:` means: name or label folds to the value. */
  entities(value: string): string[]
  /** The concepts that occur in a story, with the number of their occurrences. */
  conceptsIn(story: Tokenised, now: number): { name: string; count: number }[]
  /** A theme that cannot be read any more (a concept is gone): key and why. */
  readonly broken: readonly { key: string; message: string }[]
}

export interface DefinitionParts {
  readonly themes: Pick<ThemeStore, 'all' | 'concepts'>
  readonly alerts: Pick<AlertStore, 'all'>
  readonly timeZone: string
}

/** Reads all stored definitions. A theme or alert that cannot be read is left out and named, never dropped in silence. */
export function readDefinitions({ themes, alerts, timeZone }: DefinitionParts): Definitions {
  const conceptRecords = themes.concepts()
  const concepts = conceptBook(conceptRecords)
  const percolator = createPercolator({ concepts, timeZone })
  const rows = themes.all()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const broken: { key: string; message: string }[] = []
  for (const theme of rows) {
    if (theme.kind !== 'theme' || theme.enabled === 0) continue
    try {
      const { query } = parseQuery(theme.query, { use: 'theme', concepts })
      percolator.setTheme({
        id: theme.id,
        key: theme.key,
        query,
        threshold: theme.threshold,
        group: (theme.group_id !== null && byId.get(theme.group_id)?.key) || '',
      })
    } catch (error) {
      broken.push({ key: theme.key, message: (error as Error).message })
    }
  }
  for (const alert of alerts.all()) {
    if (alert.enabled === 0) continue
    try {
      percolator.setAlert(alert.id, parseQuery(alert.query, { use: 'alert', concepts }).query)
    } catch (error) {
      broken.push({ key: alert.name, message: (error as Error).message })
    }
  }
  let finder: Matcher | undefined
  return {
    concepts,
    conceptRecords,
    percolator,
    entities: (value) =>
      conceptRecords
        .filter(({ name, label }) => foldValue(name) === value || foldValue(label) === value)
        .map(({ name }) => name),
    conceptsIn(story, now) {
      if (finder === undefined) {
        finder = createMatcher({ concepts, timeZone })
        for (const name of concepts.keys()) finder.set(name, { type: 'concept', name })
      }
      const all = finder
      return all.match(story, now).map((name) => ({ name, count: all.evidence(name, story, now).length }))
    },
    themes: rows,
    groupOf: (id) => byId.get(id)?.group_id ?? null,
    broken,
  }
}
