import type { Query, TermWord } from '../../query/language/ast.ts'
import { walk } from '../../query/language/walk.ts'
import { createEvaluator } from '../../query/match/matcher.ts'
import type { Subject, SubjectSource } from '../../query/match/subject.ts'
import type { ReadStatement } from '../connection.ts'
import type { IndexedStory } from './indexedWords.ts'
import type { PlanContext } from './planContext.ts'

/**
 * The residual filter of a plan: what the database could not decide of a query, decided by the matcher's evaluator on each
 * candidate.
 */
export interface ResidualFilter {
  /** The columns of `story` that `matches` reads. */
  readonly columns: string
  /** Whether it reads the text, and whether it reads anything else of a story. */
  readonly readsText: boolean
  readonly readsFacts: boolean
  /** The words of its terms, and those of its `case:` terms. */
  readonly words: readonly TermWord[]
  readonly exactForms: readonly TermWord[]
  /** @param row with `columns` */
  matches(row: StoryRow): boolean
  /** The same without the text. @param row with the columns `FACTS`, if it reads facts */
  matchesIndexed(story: IndexedStory, row: StoryRow | undefined): boolean
}

/** The context of one search, with the sources that its stories have. */
export interface FilterContext extends PlanContext {
  source(id: number): SubjectSource | undefined
}

/** A row of `story`, as far as it was selected. */
export interface StoryRow {
  readonly id: number
  readonly docid: number
  readonly title?: string
  readonly summary?: string
  readonly text?: string
  readonly url: string
  readonly author: string
  readonly lang: string
  readonly published: number
  readonly fetched: number
  readonly copy_of: number | null
  readonly source_id: number
}

/** All columns of a story that a filter may read, except its text. */
export const FACTS =
  'story.id, story.docid, story.url, story.author, story.lang, story.published, story.fetched, story.copy_of, story.source_id'
const TEXT = 'story.title, story.summary, story.text'

/** @param prepare a statement, perhaps an earlier one of the same SQL */
export function residualFilter(
  residual: Query,
  context: FilterContext,
  prepare: (sql: string) => ReadStatement,
): ResidualFilter {
  const themes = new Map<string, readonly number[]>()
  const alerts = new Map<string, readonly number[]>()
  let readsFacts = false
  let readsState = false
  let readsEvent = false
  walk(residual, (node) => {
    if (node.type === 'filter' && node.field === 'theme') themes.set(node.value, context.themes(node.value))
    else if (node.type === 'filter' && node.field === 'alert')
      alerts.set(node.value, context.alerts(node.value))
    else if (node.type === 'filter' && node.field === 'event') readsEvent = true
    else if (node.type === 'state') readsState = true
    if (node.type === 'filter' ? node.field !== 'entity' : node.type === 'state' || node.type === 'date')
      readsFacts = true
  })
  const evaluator = createEvaluator(residual, context)
  const tagged = prepare('SELECT 1 FROM tag WHERE theme_id = ? AND docid = ?')
  const hit = prepare('SELECT 1 FROM hit WHERE alert_id = ? AND story_id = ?')
  const state = prepare('SELECT read, starred, note FROM story_state WHERE story_id = ?')
  const event = prepare('SELECT event FROM story_event WHERE docid = ?')
  // Tags, hits, state and event are looked up only where the filter reads them.
  const plain = themes.size === 0 && alerts.size === 0 && !readsState && !readsEvent

  function subjectOf(row: StoryRow): Subject {
    const text = { title: row.title ?? '', summary: row.summary ?? '', text: row.text ?? '' }
    if (!readsFacts) return { ...NO_FACTS, ...text }
    const subject: Subject = {
      ...text,
      url: row.url,
      author: row.author,
      lang: row.lang,
      published: row.published,
      fetched: row.fetched,
      copy: row.copy_of !== null,
      source: context.source(row.source_id),
    }
    if (plain) return subject
    const found = readsEvent ? (event.get(row.docid) as { event: number } | undefined) : undefined
    const mine = readsState ? (state.get(row.id) as StateRow | undefined) : undefined
    return {
      ...subject,
      read: mine?.read === 1,
      starred: mine?.starred === 1,
      note: (mine?.note ?? '') !== '',
      event: found?.event,
      themes: valuesWhere(themes, (id) => tagged.get(id, row.docid) !== undefined),
      alerts: valuesWhere(alerts, (id) => hit.get(id, row.id) !== undefined),
    }
  }

  const readsText = evaluator.words.length > 0
  return {
    columns: readsText ? (readsFacts ? `${FACTS}, ${TEXT}` : `story.id, story.docid, ${TEXT}`) : FACTS,
    readsText,
    readsFacts,
    words: evaluator.words,
    exactForms: evaluator.exactForms,
    matches: (row) => evaluator.matches(evaluator.read(subjectOf(row)), context.now),
    matchesIndexed: ({ fields }, row) =>
      evaluator.matches({ subject: row === undefined ? NO_FACTS : subjectOf(row), fields }, context.now),
  }
}

const NO_FACTS: Subject = { title: '', summary: '', text: '', published: null }

interface StateRow {
  readonly read: number
  readonly starred: number
  readonly note: string
}

/** The values of which one of the ids passes. */
function valuesWhere(
  values: ReadonlyMap<string, readonly number[]>,
  passes: (id: number) => boolean,
): ReadonlySet<string> {
  return new Set([...values].flatMap(([value, ids]) => (ids.some(passes) ? [value] : [])))
}
