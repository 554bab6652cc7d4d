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

/** What all themes and alerts say of one story. */
export interface Reading {
  readonly story: Tokenised
  /** Automatic tags: strength by theme row id, without groups. */
  readonly tags: ReadonlyMap<number, number>
  /** Ids of the alerts that match. */
  readonly alerts: readonly number[]
}

/**
 * Percolation: the stored queries of all themes and alerts against one story at a time, in one pass over its words.
 * Alerts that ask for `theme:` wait for the tags and are looked at after.
 */
export interface Percolator {
  /** Changes with every change of what it holds. */
  readonly version: number
  /** Whether a query asks for `is:copy`: what such a one says of a story hangs on the archive. */
  readonly asksForCopies: boolean
  setTheme(theme: WatchedTheme): void
  deleteTheme(id: number): void
  setAlert(id: number, query: Query): void
  deleteAlert(id: number): void
  read(story: Tokenised, now: number): Reading
  /** Strength of one theme on a story, 0 where it does not match, and the spans behind it. */
  explain(themeId: number, story: Tokenised, now: number): { score: number; evidence: Evidence[] }
  alertEvidence(id: number, story: Tokenised, now: number): Evidence[]
}

export function createPercolator(context: { concepts: ConceptBook; timeZone: string }): Percolator {
  const first = createMatcher(context)
  const second = createMatcher(context)
  const themes = new Map<number, WatchedTheme>()
  const usesThemes = new Set<number>()
  const usesCopies = new Set<string>()
  let version = 0

  const changed = (id: string, query: Query | null): void => {
    version++
    if (query !== null && asks(query, 'state', 'copy')) usesCopies.add(id)
    else usesCopies.delete(id)
  }

  const strengthOf = ({ id }: WatchedTheme, story: Tokenised, now: number): number =>
    strength(first.occurrences(`t${id}`, story, now), story)

  return {
    get version() {
      return version
    },
    get asksForCopies() {
      return usesCopies.size > 0
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
      const late = asks(query, 'filter', 'theme')
      changed(`a${id}`, query)
      ;(late ? first : second).delete(`a${id}`)
      ;(late ? second : first).set(`a${id}`, query)
      if (late) usesThemes.add(id)
      else usesThemes.delete(id)
    },
    deleteAlert(id) {
      changed(`a${id}`, null)
      first.delete(`a${id}`)
      second.delete(`a${id}`)
      usesThemes.delete(id)
    },
    read({ subject, fields }, now) {
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
    alertEvidence: (id, story, now) => (usesThemes.has(id) ? second : first).evidence(`a${id}`, story, now),
  }
}

function asks(query: Query, type: 'filter' | 'state', what: string): boolean {
  let found = false
  walk(query, (node) => {
    if (node.type === type && (node.type === 'filter' ? node.field : node.state) === what) found = true
  })
  return found
}
