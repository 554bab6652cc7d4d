import type { Query } from '../query/language/ast.ts'
import { walk } from '../query/language/walk.ts'
import { createMatcher } from '../query/match/matcher.ts'
import type { ConceptBook, Evidence } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'
import { merged, strength } from './tagger.ts'

/** A theme as the percolator holds it. */
export interface WatchedTheme {
  /** Row id. */
  readonly id: number
  /** What `theme:` names it. */
  readonly key: string
  readonly query: Query
  readonly threshold: number
  /** Its group's key, or ''. */
  readonly group: string
}

/** The themes and alerts that match one story. */
export interface StoryMatches {
  /** The story with its themes, as alerts see it. */
  readonly story: Tokenised
  /** Automatic tags: strength by theme row id, without groups. */
  readonly tags: ReadonlyMap<number, number>
  /** Ids of the alerts that match. */
  readonly alerts: readonly number[]
}

/**
 * Percolation: the stored queries of all themes and alerts against one story at a time, in one pass over its words.
 * Alerts whose query contains `theme:` need the story's tags: they are matched in a second pass.
 */
export interface Percolator {
  /** Grows with every change of its queries. */
  readonly version: number
  /** True if a query contains `is:copy`: whether it matches depends on the archive, not on the story alone. */
  readonly usesCopies: boolean
  setTheme(theme: WatchedTheme): void
  deleteTheme(id: number): void
  setAlert(id: number, query: Query): void
  deleteAlert(id: number): void
  /** @param now epoch ms, for relative dates */
  match(story: Tokenised, now: number): StoryMatches
  /** Strength of one theme on a story, 0 where it does not match, and the spans behind it. */
  explain(themeId: number, story: Tokenised, now: number): { score: number; evidence: Evidence[] }
  /** The spans that made an alert match; [] where it does not match or is not enabled. */
  alertEvidence(id: number, story: Tokenised, now: number): Evidence[]
}

export function createPercolator(context: { concepts: ConceptBook; timeZone: string }): Percolator {
  const first = createMatcher(context)
  const second = createMatcher(context)
  const themes = new Map<number, WatchedTheme>()
  const alertsOnThemes = new Set<number>()
  const queriesOnCopies = new Set<string>()
  let version = 0

  const changed = (id: string, query: Query | null): void => {
    version++
    if (query !== null && contains(query, 'state', 'copy')) queriesOnCopies.add(id)
    else queriesOnCopies.delete(id)
  }

  const strengthOf = ({ id }: WatchedTheme, story: Tokenised, now: number): number =>
    strength(first.occurrences(`t${id}`, story, now), story)

  return {
    get version() {
      return version
    },
    get usesCopies() {
      return queriesOnCopies.size > 0
    },
    setTheme(theme) {
      changed(`t${theme.id}`, theme.query)
      themes.set(theme.id, theme)
      first.set(`t${theme.id}`, theme.query)
    },
    deleteTheme(id) {
      changed(`t${id}`, null)
      themes.delete(id)
      first.delete(`t${id}`)
    },
    setAlert(id, query) {
      const late = contains(query, 'filter', 'theme')
      changed(`a${id}`, query)
      ;(late ? first : second).delete(`a${id}`)
      ;(late ? second : first).set(`a${id}`, query)
      if (late) alertsOnThemes.add(id)
      else alertsOnThemes.delete(id)
    },
    deleteAlert(id) {
      changed(`a${id}`, null)
      first.delete(`a${id}`)
      second.delete(`a${id}`)
      alertsOnThemes.delete(id)
    },
    match({ subject, fields }, now) {
      const keys = new Set<string>()
      const story = { subject: { ...subject, themes: keys }, fields }
      const tags = new Map<number, number>()
      const alerts: number[] = []
      for (const id of first.match(story, now)) {
        const row = Number(id.slice(1))
        if (id.startsWith('a')) {
          alerts.push(row)
          continue
        }
        const theme = themes.get(row)
        if (theme === undefined) continue
        const score = strengthOf(theme, story, now)
        if (score < theme.threshold) continue
        tags.set(row, score)
        keys.add(theme.key)
        if (theme.group !== '') keys.add(theme.group)
      }
      if (second.size > 0) for (const id of second.match(story, now)) alerts.push(Number(id.slice(1)))
      return { story, tags, alerts }
    },
    explain(id, story, now) {
      const theme = themes.get(id)
      if (theme === undefined) return { score: 0, evidence: [] }
      const evidence = merged(first.evidence(`t${theme.id}`, story, now))
      return { score: strengthOf(theme, story, now), evidence }
    },
    alertEvidence: (id, story, now) =>
      (alertsOnThemes.has(id) ? second : first).evidence(`a${id}`, story, now),
  }
}

/** True if a query contains this filter or state anywhere. */
function contains(query: Query, type: 'filter' | 'state', what: string): boolean {
  let found = false
  walk(query, (node) => {
    if (node.type === type && (node.type === 'filter' ? node.field : node.state) === what) found = true
  })
  return found
}
