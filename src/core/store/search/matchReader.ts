import type { Query } from '../../query/language/ast.ts'
import type { ReadableDb, ReadStatement } from '../connection.ts'
import { indexedWords, listedWords } from './indexedWords.ts'
import { docidsSql, rowsSql } from './planSql.ts'
import {
  FACTS,
  type FilterContext,
  type ResidualFilter,
  residualFilter,
  type StoryRow,
} from './residualFilter.ts'
import type { Plan } from './searchPlan.ts'
import { type Steps, stepsOf, weightOf } from './steps.ts'

/** When the words of stories are read from the index and not from their texts: the same answers either way. */
export type FromIndex = 'where quicker' | 'always' | 'never'

/** Which stories of a plan match, its residual filter included. */
export interface MatchReader {
  /** The plan's candidates below `to`, the highest `limit` of them, in falling order; what is left of the query is not decided. */
  docidsBelow(plan: Plan, to: number, limit: number): number[]
  /**
   * The matches one by one, newest first, for a list: it may stop anywhere.
   * @param size how many are likely read
   * @returns the docid down to which it came where the steps were spent; null: to the end
   */
  inOrder(
    plan: Plan,
    context: FilterContext,
    size: number,
    steps?: Steps,
  ): Generator<{ id: number; docid: number }, number | null>
  /**
   * Docids of all matches of a plan with a residual, in no order, a few stories' at a time.
   * Ends where the steps are spent.
   * @param slice how many candidates are decided together: fewer make shorter steps, and read a word's occurrences more often
   */
  inSlices(
    plan: Plan,
    residual: Query,
    context: FilterContext,
    slice: number,
    steps?: Steps,
  ): Generator<readonly number[]>
}

/** @param prepare a statement, perhaps an earlier one of the same SQL */
export function matchReader(
  db: ReadableDb,
  prepare: (sql: string) => ReadStatement,
  fromIndex: FromIndex,
): MatchReader {
  const index = indexedWords(db)

  /** What is undecided has a form that the index cannot restore: its text must be read. */
  function decidedByIndex(
    filter: ResidualFilter,
    words: readonly string[],
    candidates: readonly number[],
  ): { found: number[]; undecided: number[] } {
    const rows = new Map(filter.readsFacts ? rowsOf(candidates, FACTS).map((row) => [row.docid, row]) : [])
    const found: number[] = []
    const undecided: number[] = []
    index.read(words, candidates, filter.exactForms, (story) => {
      const matches = filter.matchesIndexed(story, rows.get(story.docid))
      if (story.undecided) undecided.push(story.docid)
      else if (matches) found.push(story.docid)
    })
    return { found, undecided }
  }

  function isIndexQuicker(words: readonly string[], stories: number): boolean {
    if (fromIndex !== 'where quicker') return fromIndex === 'always'
    return stories >= FEW_STORIES && index.storiesWith(words) <= stories * STORIES_PER_TEXT
  }

  function docidsBelow(plan: Plan, to: number, limit: number): number[] {
    const { text, params } = docidsSql(plan, to, limit)
    return prepare(text)
      .pluck()
      .all(...params) as number[]
  }

  const rowsOf = (docids: readonly number[], columns: string): StoryRow[] =>
    prepare(
      `SELECT ${columns} FROM json_each(?) AS wanted CROSS JOIN story ON story.docid = wanted.value`,
    ).all(JSON.stringify(docids)) as StoryRow[]

  return {
    docidsBelow,

    *inOrder(plan, context, size, steps) {
      if (plan.sets.length === 0) return null
      const filter = plan.residual === null ? null : residualFilter(plan.residual, context, prepare)
      const weight = plan.residual === null ? 1 : weightOf(plan.residual)
      // One set is read row by row: to start a query of many words costs as much as some fifty of its rows. Several are
      // merged, `size` rows at a time at first, more if few of them match.
      const byRow = plan.sets.length === 1
      let to = plan.to
      for (let chunk = byRow ? LARGEST_CHUNK : size; ; chunk = Math.min(chunk * 2, LARGEST_CHUNK)) {
        const { text, params } = rowsSql(plan, filter?.columns ?? 'story.id, story.docid', to, chunk)
        const found = byRow ? prepare(text).iterate(...params) : prepare(text).all(...params)
        let rows = 0
        for (const row of found as Iterable<StoryRow>) {
          rows++
          to = row.docid
          const matches = filter === null || filter.matches(row)
          if (matches) yield { id: row.id, docid: row.docid }
          steps?.spend(stepsOf(weight, charactersOf(row)))
          if (steps?.isSpent === true) return to
        }
        if (rows < chunk) return null
      }
    },

    *inSlices(plan, residual, context, slice, steps) {
      if (plan.sets.length === 0) return
      const filter = residualFilter(residual, context, prepare)
      const weight = weightOf(residual)
      const words = filter.readsText
        ? listedWords(filter.words, (prefix) => context.wordsFrom?.(prefix) ?? null)
        : null
      for (let to = plan.to; ; ) {
        const candidates = docidsBelow(plan, to, slice)
        let open = candidates
        if (words !== null && isIndexQuicker(words, candidates.length)) {
          const { found, undecided } = decidedByIndex(filter, words, candidates)
          steps?.spend(weight * candidates.length)
          yield found
          open = undecided
        }
        for (let from = 0; from < open.length; from += READ_AT_ONCE) {
          const rows = rowsOf(open.slice(from, from + READ_AT_ONCE), filter.columns)
          yield rows.filter(filter.matches).map(({ docid }) => docid)
          for (const row of rows) steps?.spend(stepsOf(weight, charactersOf(row)))
          if (steps?.isSpent === true) return
        }
        if (steps?.isSpent === true) return
        if (candidates.length < slice) return
        to = candidates.at(-1) as number
      }
    },
  }
}

const charactersOf = ({ title = '', summary = '', text = '' }: StoryRow): number =>
  title.length + summary.length + text.length

const LARGEST_CHUNK = 2048
/** Texts read by one statement. */
const READ_AT_ONCE = 64
/** So few texts are read sooner than anything is looked up in the index. */
const FEW_STORIES = 100
/**
 * Reading a text and its words takes as long as reading the occurrences of a word in so many stories, where the archive is
 * not in memory; half as many where it is.
 */
const STORIES_PER_TEXT = 200
