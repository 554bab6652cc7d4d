import type { Query } from '../query/language/ast.ts'
import { parseQuery } from '../query/language/parse.ts'
import { printQuery } from '../query/language/print.ts'
import { walk } from '../query/language/walk.ts'
import { createEvaluator, createMatcher, type Evaluator } from '../query/match/matcher.ts'
import { fieldOf, type Occurrence, startOf } from '../query/match/occurrence.ts'
import type { ConceptBook, Evidence } from '../query/match/subject.ts'
import type { Tokenised } from '../query/match/tokenise.ts'
import { judgedPart } from './judgedPart.ts'
import { createJudge, GENERAL, type Judge, type JudgedStory, type Weighed } from './judgement/judge.ts'
import { merged } from './mergedSpans.ts'

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
  /** Automatic tags: score by theme row id, without groups. */
  readonly tags: ReadonlyMap<number, number>
  /** Ids of the alerts that match. */
  readonly alerts: readonly number[]
  /** Names of the entities that it names, of those that are watched for. */
  readonly mentions: readonly string[]
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
  /**
   * Compiles the concepts by which a theme is judged, and the entities, one a step: `setTheme` needs them.
   * @param key the theme's
   */
  compiling(key: string): Iterable<void>
  setTheme(theme: WatchedTheme): void
  deleteTheme(id: number): void
  setAlert(id: number, query: Query): void
  deleteAlert(id: number): void
  /** @param now epoch ms, for relative dates */
  match(story: Tokenised, now: number): StoryMatches
  /** One theme on a story: its score, 0 where its query does not match; the spans behind it; what spoke for and against. */
  explain(themeId: number, story: Tokenised, now: number): Explanation
  /**
   * The score that a theme would have, as it is drafted, on a story that its query matches.
   * @param draft its key, '' for a new one @param query the occurrences that made its query match
   */
  draftScore(
    draft: Pick<WatchedTheme, 'key' | 'query'>,
    query: readonly Occurrence[],
    story: Tokenised,
    now: number,
  ): number
  /** The spans that made an alert match; [] where it does not match or is not enabled. */
  alertEvidence(id: number, story: Tokenised, now: number): Evidence[]
}

export interface Explanation {
  readonly score: number
  readonly evidence: Evidence[]
  /** The heaviest first; [] where the query does not match. */
  readonly weighed: readonly Weighed[]
}

/**
 * @param context.entityNames concepts: of each story, which of them it names
 * @param judge decides how probable it is that a story that a theme's query matches is about it: the one verdict for stories
 *   that come in, at a re-tag, in a preview and offline
 */
export function createPercolator(
  {
    entityNames = [],
    ...context
  }: { concepts: ConceptBook; timeZone: string; entityNames?: readonly string[] },
  judge: Judge = createJudge(),
): Percolator {
  const first = createMatcher(context)
  const second = createMatcher(context)
  let watchesEntities = entityNames.length === 0
  const watchEntities = (): void => {
    if (watchesEntities) return
    first.watchConcepts(entityNames)
    watchesEntities = true
  }
  const isEntity = new Set(entityNames)
  const themes = new Map<number, WatchedTheme>()
  /** Themes whose query is not the one that their weights were learnt with; that one is held as `b` and their id. */
  const changedQueries = new Set<number>()
  const alertsOnThemes = new Set<number>()
  const queriesOnCopies = new Set<string>()
  let version = 0

  const changed = (id: string, query: Query | null): void => {
    version++
    if (query !== null && contains(query, 'state', 'copy')) queriesOnCopies.add(id)
    else queriesOnCopies.delete(id)
  }

  const judged = (story: Tokenised): JudgedStory =>
    judge.read(story, {
      names: first.conceptsIn(story),
      occurrences: (concept) => first.conceptOccurrences(concept, story),
    })
  /**
   * The key of the weights that a theme is judged by. Where a person changed the query of a theme that has weights of its own,
   * these still judge what the query found that they were learnt with; what the person added is judged by the general ones.
   */
  const weightsOf = ({ id, key }: WatchedTheme, story: Tokenised, now: number): string =>
    changedQueries.has(id) && first.occurrences(`b${id}`, story, now).length === 0 ? GENERAL : key
  /** The learnt query of a draft that has another; null where the draft has the learnt one, or there is none. */
  const drafts = new WeakMap<Query, Evaluator | null>()
  const learntBeside = ({ key, query }: Pick<WatchedTheme, 'key' | 'query'>): Evaluator | null => {
    const known = drafts.get(query)
    if (known !== undefined) return known
    const learnt = judge.learntQuery(key)
    const evaluator =
      learnt === undefined || learnt === printQuery(query)
        ? null
        : createEvaluator(parseQuery(learnt, { use: 'theme' }).query, context)
    drafts.set(query, evaluator)
    return evaluator
  }
  const queryOf = ({ id }: WatchedTheme, story: Tokenised, now: number): readonly Occurrence[] =>
    first.occurrences(`t${id}`, story, now)

  return {
    get version() {
      return version
    },
    get usesCopies() {
      return queriesOnCopies.size > 0
    },
    *compiling(key) {
      for (const concept of [...entityNames, ...judge.concepts(key)]) {
        first.watchConcepts([concept])
        yield
      }
    },
    setTheme(theme) {
      watchEntities()
      changed(`t${theme.id}`, theme.query)
      first.watchConcepts(judge.concepts(theme.key))
      themes.set(theme.id, theme)
      first.set(`t${theme.id}`, theme.query)
      first.delete(`b${theme.id}`)
      changedQueries.delete(theme.id)
      const learnt = judge.learntQuery(theme.key)
      if (learnt === undefined || learnt === printQuery(theme.query)) return
      changedQueries.add(theme.id)
      first.set(`b${theme.id}`, parseQuery(learnt, { use: 'theme' }).query)
    },
    deleteTheme(id) {
      changed(`t${id}`, null)
      themes.delete(id)
      first.delete(`t${id}`)
      first.delete(`b${id}`)
      changedQueries.delete(id)
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
      watchEntities()
      const keys = new Set<string>()
      const story = { subject: { ...subject, themes: keys }, fields }
      const tags = new Map<number, number>()
      const alerts: number[] = []
      let part: Tokenised | undefined
      let read: JudgedStory | undefined
      for (const id of first.match(story, now)) {
        if (id.startsWith('b')) continue
        const row = Number(id.slice(1))
        if (id.startsWith('a')) {
          alerts.push(row)
          continue
        }
        const theme = themes.get(row)
        if (theme === undefined) continue
        part ??= judgedPart(story)
        read ??= judged(part)
        const query = queryOf(theme, part, now)
        const score = judge.score(weightsOf(theme, part, now), read, query, theme.threshold)
        if (score < theme.threshold) continue
        tags.set(row, score)
        keys.add(theme.key)
        if (theme.group !== '') keys.add(theme.group)
      }
      const mentions =
        isEntity.size === 0
          ? []
          : first
              .conceptsIn(story)
              .filter((name) => isEntity.has(name) && first.conceptOccurrences(name, story).length > 0)
      if (second.size > 0) for (const id of second.match(story, now)) alerts.push(Number(id.slice(1)))
      return { story, tags, alerts, mentions }
    },
    explain(id, story, now) {
      const theme = themes.get(id)
      const evidence = theme === undefined ? [] : merged(first.evidence(`t${theme.id}`, story, now))
      const part = judgedPart(story)
      const query = theme === undefined ? [] : queryOf(theme, part, now)
      if (theme === undefined || query.length === 0) return { score: 0, evidence, weighed: [] }
      const read = judged(part)
      const weights = weightsOf(theme, part, now)
      return {
        score: judge.score(weights, read, query),
        evidence,
        weighed: judge.weigh(weights, read, query),
      }
    },
    draftScore(draft, query, story, now) {
      watchEntities()
      first.watchConcepts(judge.concepts(draft.key))
      const learnt = learntBeside(draft)
      const part = judgedPart(story)
      const weights = learnt === null || learnt.matches(part, now) ? draft.key : GENERAL
      return judge.score(weights, judged(part), part === story ? query : within(query, part))
    },
    alertEvidence: (id, story, now) =>
      (alertsOnThemes.has(id) ? second : first).evidence(`a${id}`, story, now),
  }
}

/** Those occurrences that stand in a part of their story. */
const within = (occurrences: readonly Occurrence[], part: Tokenised): readonly Occurrence[] =>
  occurrences.filter((one) => startOf(one) < (part.fields[fieldOf(one)]?.numbers.ids.length ?? 0))

/** True if a query contains this filter or state anywhere. */
function contains(query: Query, type: 'filter' | 'state', what: string): boolean {
  let found = false
  walk(query, (node) => {
    if (node.type === type && (node.type === 'filter' ? node.field : node.state) === what) found = true
  })
  return found
}
