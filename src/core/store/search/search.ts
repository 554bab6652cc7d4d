import type { Query, TermWord } from '../../query/language/ast.ts'
import { walk } from '../../query/language/use.ts'
import { createEvaluator } from '../../query/match/matcher.ts'
import type { Subject, SubjectSource } from '../../query/match/subject.ts'
import type { ReadableDb, ReadStatement } from '../connection.ts'
import { type IndexedStory, indexedWords, listedWords } from './indexedWords.ts'
import { localDays } from './localDays.ts'
import { type Plan, type PlanContext, planFor, plansToCount } from './searchPlan.ts'
import { sourceReader } from './sourceFilter.ts'
import { vocabulary } from './vocabulary.ts'

/**
 * What search asks of the rest of the core, anew for each query. `sources` decides `source: country: bloc: kind:` and must
 * agree with what the matcher sees of a source: use `sourcesWhere` of sourceFilter.ts.
 */
export type SearchContext = Omit<PlanContext, 'fewFetchedSince' | 'wordsFrom'>

/** A story that matches. */
interface Match {
  readonly id: number
  readonly docid: number
}

/** Back-end 1: which stories of the archive match a query. It gives the answers the matcher would. */
export interface Search {
  /** Newest first. `cursor` is the `next` of the page before. */
  list(
    query: Query,
    options: { limit: number; cursor?: string | undefined },
  ): { rows: { id: number; docid: number }[]; next: string | null }
  /** With a budget (ms) that runs out, what was counted until then and `exact: false`. */
  count(query: Query, options?: { budgetMs?: number | undefined }): { stories: number; exact: boolean }
  /** Counts in steps of some milliseconds: yields what was counted so far, returns the whole. Others may work between. */
  countInSteps(query: Query): Generator<number, number>
  /** Matches by local day (days since 1970-01-01), days without any left out. */
  histogram(query: Query): Map<number, number>
}

/** When the words of stories are read from the index and not from their texts: the same answers either way. */
export type FromIndex = 'where quicker' | 'always' | 'never'

export function createSearch(
  db: ReadableDb,
  context: () => SearchContext,
  fromIndex: FromIndex = 'where quicker',
): Search {
  const statements = new Map<string, ReadStatement>()
  const sources = sourceReader(db)
  const indexed = indexedWords(db)

  function prepare(text: string): ReadStatement {
    let made = statements.get(text)
    if (made === undefined) {
      if (statements.size >= KEPT_STATEMENTS) statements.clear()
      made = db.prepare(text)
      statements.set(text, made)
    }
    return made
  }
  const all = ({ text, params }: Sql): Row[] => prepare(text).all(...params) as Row[]
  const one = ({ text, params }: Sql): Row => prepare(text).get(...params) as Row

  const wordsFrom = vocabulary(db)
  const few = db.prepare<number[], { n: number; first: number; last: number }>(
    `SELECT count(*) AS n, min(docid) AS first, max(docid) AS last FROM
       (SELECT docid FROM story INDEXED BY story_fetched WHERE fetched >= ? LIMIT ${MANY_FETCHED})`,
  )

  /** The context of one question; planning asks it the same more than once. */
  function asked(): Asked {
    const given = context()
    const wordLists = new Map<string, readonly string[] | null>()
    const sourceLists = new Map<string, readonly number[]>()
    const known = new Map<number, SubjectSource | undefined>()
    return {
      ...given,
      source: (id) => remembered(known, id, () => sources(id)),
      wordsFrom: (prefix) => remembered(wordLists, prefix, () => wordsFrom(prefix, MANY_WORDS)),
      sources: (field, value) =>
        remembered(sourceLists, `${field}:${value}`, () => given.sources(field, value)),
      fewFetchedSince(ms) {
        const { n, first, last } = few.get(ms) as { n: number; first: number; last: number }
        if (n === MANY_FETCHED) return null
        return n === 0 ? { first: 0, last: -1 } : { first, last }
      },
    }
  }

  /** Stories of a plan, newest first. Candidates of several sets are merged `size` at a time at first, more where many are looked at. */
  function* matches(plan: Plan, context: Asked, size: number): Generator<Match> {
    if (plan.sets.length === 0) return
    const check = plan.residual === null ? null : checker(plan.residual, context)
    const columns = check !== null ? columnsOf(check) : 'story.id, story.docid'
    // One set is gone through row by row: to begin a question of many words costs as much as some fifty of its answers.
    const byRow = plan.sets.length === 1
    let to = plan.to
    for (let chunk = byRow ? LARGEST_CHUNK : size; ; chunk = Math.min(chunk * 2, LARGEST_CHUNK)) {
      const { text, params } = select(plan, columns, to, chunk)
      const found = byRow ? prepare(text).iterate(...params) : prepare(text).all(...params)
      let rows = 0
      for (const row of found as Iterable<Row>) {
        rows++
        to = row.docid
        if (check !== null && !check.holds(row)) continue
        yield { id: row.id, docid: row.docid }
      }
      if (rows < chunk) return
    }
  }

  /** The evaluator for what the tables could not decide. Tags, hits and state are looked up only where it asks for them. */
  function checker(residual: Query, context: Asked): Check {
    const themes = new Map<string, readonly number[]>()
    const alerts = new Map<string, readonly number[]>()
    let facts = false
    let states = false
    walk(residual, (node) => {
      if (node.type === 'filter' && node.field === 'theme') themes.set(node.value, context.themes(node.value))
      else if (node.type === 'filter' && node.field === 'alert')
        alerts.set(node.value, context.alerts(node.value))
      else if (node.type === 'state') states = true
      if (node.type === 'filter' ? node.field !== 'entity' : node.type === 'state' || node.type === 'date')
        facts = true
    })
    const evaluator = createEvaluator(residual, context)
    const tagged = prepare('SELECT 1 FROM tag WHERE theme_id = ? AND docid = ?')
    const hit = prepare('SELECT 1 FROM hit WHERE alert_id = ? AND story_id = ?')
    const state = prepare('SELECT read, starred, note FROM story_state WHERE story_id = ?')
    const plain = themes.size === 0 && alerts.size === 0 && !states
    function known(row: Row): Subject {
      if (!facts)
        return { ...UNKNOWN, title: row.title ?? '', summary: row.summary ?? '', text: row.text ?? '' }
      const subject = subjectOf(row, context.source(row.source_id))
      if (plain) return subject
      const mine = states ? (state.get(row.id) as StateRow | undefined) : undefined
      return {
        ...subject,
        read: mine?.read === 1,
        starred: mine?.starred === 1,
        note: (mine?.note ?? '') !== '',
        themes: valuesThatHold(themes, (id) => tagged.get(id, row.docid) !== undefined),
        alerts: valuesThatHold(alerts, (id) => hit.get(id, row.id) !== undefined),
      }
    }
    return {
      text: evaluator.words.length > 0,
      facts,
      words: evaluator.words,
      forms: evaluator.exactForms,
      holds: (row) => evaluator.matches(evaluator.read(known(row)), context.now),
      holdsIndexed: ({ fields }, row) =>
        evaluator.matches({ subject: row === undefined ? UNKNOWN : known(row), fields }, context.now),
    }
  }

  /**
   * Docids of all matches of a plan with a residual, in no order, a few stories' at a time. Where many stories are looked at,
   * their words are read from the index and not from their texts: `slice` stories a step.
   */
  function* decided(
    plan: Plan,
    residual: Query,
    context: Asked,
    slice: number,
  ): Generator<readonly number[]> {
    if (plan.sets.length === 0) return
    const check = checker(residual, context)
    const words = check.text
      ? listedWords(check.words, (prefix) => context.wordsFrom?.(prefix) ?? null)
      : null
    for (let to = plan.to; ; ) {
      const candidates = docidsBelow(plan, to, slice)
      let open = candidates
      if (words !== null && readFromIndex(words, candidates.length)) {
        const { found, doubtful } = decidedByIndex(check, words, candidates)
        yield found
        open = doubtful
      }
      for (let from = 0; from < open.length; from += LOOKED_AT_ONCE) {
        const rows = rowsOf(open.slice(from, from + LOOKED_AT_ONCE), columnsOf(check))
        yield rows.filter(check.holds).map(({ docid }) => docid)
      }
      if (candidates.length < slice) return
      to = candidates.at(-1) as number
    }
  }

  function decidedByIndex(
    check: Check,
    words: readonly string[],
    candidates: readonly number[],
  ): { found: number[]; doubtful: number[] } {
    const rows = new Map(check.facts ? rowsOf(candidates, FACTS).map((row) => [row.docid, row]) : [])
    const found: number[] = []
    const doubtful: number[] = []
    indexed.read(words, candidates, check.forms, (story) => {
      const holds = check.holdsIndexed(story, rows.get(story.docid))
      if (story.doubtful) doubtful.push(story.docid)
      else if (holds) found.push(story.docid)
    })
    return { found, doubtful }
  }

  function readFromIndex(words: readonly string[], stories: number): boolean {
    if (fromIndex !== 'where quicker') return fromIndex === 'always'
    return stories >= FEW_STORIES && indexed.storiesWith(words) <= stories * HITS_PER_TEXT
  }

  function docidsBelow(plan: Plan, to: number, limit: number): number[] {
    const { text, params } = docids(plan, to, limit)
    return prepare(text)
      .pluck()
      .all(...params) as number[]
  }

  const rowsOf = (found: readonly number[], columns: string): Row[] =>
    prepare(
      `SELECT ${columns} FROM json_each(?) AS wanted CROSS JOIN story ON story.docid = wanted.value`,
    ).all(JSON.stringify(found)) as Row[]

  function* counting(query: Query): Generator<number, number> {
    const context = asked()
    let stories = 0
    for (const plan of plansToCount(query, context)) {
      if (plan.sets.length === 0) continue
      if (plan.residual !== null) {
        for (const found of decided(plan, plan.residual, context, DECIDED_A_STEP)) {
          stories += found.length
          yield stories
        }
        continue
      }
      for (let to = plan.to; ; ) {
        const slice = one(countSlice(plan, to))
        stories += slice.n
        yield stories
        if (slice.n < COUNTED_AT_ONCE) break
        to = slice.last
      }
    }
    return stories
  }

  /** Without steps: what full text decides is one statement. */
  function countAtOnce(query: Query): number {
    const context = asked()
    let stories = 0
    for (const plan of plansToCount(query, context)) {
      if (plan.sets.length === 0) continue
      if (plan.residual === null) stories += one(count(plan)).n
      else for (const found of decided(plan, plan.residual, context, DECIDED_AT_ONCE)) stories += found.length
    }
    return stories
  }

  return {
    list(query, { limit, cursor }) {
      const context = asked()
      const plan = below(planFor(query, { ...context, mostPairs: PAIRS_OF_A_PAGE }, 'list'), cursor)
      const rows: { id: number; docid: number }[] = []
      const size = plan.residual === null ? limit + 1 : limit
      for (const row of matches(plan, context, size)) {
        if (rows.length === limit) return { rows, next: String((rows.at(-1) as Match).docid) }
        rows.push(row)
      }
      return { rows, next: null }
    },

    count(query, { budgetMs } = {}) {
      if (budgetMs === undefined) return { stories: countAtOnce(query), exact: true }
      const end = performance.now() + budgetMs
      const steps = counting(query)
      for (;;) {
        const { value, done } = steps.next()
        if (done === true) return { stories: value, exact: true }
        if (performance.now() > end) return { stories: value, exact: false }
      }
    },

    countInSteps: counting,

    histogram(query) {
      const context = asked()
      const days = new Map<number, number>()
      const add = (day: number, n: number): void => {
        days.set(day, (days.get(day) ?? 0) + n)
      }
      const { first, last } = one({
        text: 'SELECT min(docid) AS first, max(docid) AS last FROM story',
        params: [],
      })
      if (first === null) return days
      const calendar = localDays(first, last, context.timeZone)
      for (const plan of plansToCount(query, context)) {
        if (plan.sets.length === 0) continue
        if (plan.residual === null) for (const { day, n } of all(histogram(plan, calendar.sql))) add(day, n)
        else
          for (const found of decided(plan, plan.residual, context, DECIDED_AT_ONCE))
            for (const docid of found) add(calendar.day(docid), 1)
      }
      return days
    },
  }
}

const MANY_WORDS = 32
const MANY_FETCHED = 2000
const KEPT_STATEMENTS = 200
/** FTS5 seeks the first story of each pair, to the end where there is none: a page of many pairs takes as long as all. */
const PAIRS_OF_A_PAGE = 48
const LARGEST_CHUNK = 2048
const COUNTED_AT_ONCE = 20_000
/** Stories looked at together: the fewer, the shorter is a step, and the more often are a word's occurrences run over. */
const DECIDED_A_STEP = 8192
const DECIDED_AT_ONCE = 16_384
const LOOKED_AT_ONCE = 64
/** So few texts are read sooner than anything is asked of the index. */
const FEW_STORIES = 100
/**
 * Reading a text and its words takes as long as running over the occurrences of a word in so many stories, where the
 * archive is not in memory; half as many where it is.
 */
const HITS_PER_TEXT = 200

/** The context of one question, with the sources it came across. */
interface Asked extends PlanContext {
  source(id: number): SubjectSource | undefined
}

/** What decides a residual on a story. */
interface Check {
  /** Whether it asks of the text, and of anything else. */
  readonly text: boolean
  readonly facts: boolean
  readonly words: readonly TermWord[]
  readonly forms: readonly TermWord[]
  holds(row: Row): boolean
  /** @param row the facts, where it asks for them */
  holdsIndexed(story: IndexedStory, row: Row | undefined): boolean
}
const UNKNOWN: Subject = { title: '', summary: '', text: '', published: null }

interface Sql {
  readonly text: string
  readonly params: readonly (string | number | bigint)[]
}

interface Row {
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
  readonly n: number
  readonly first: number | null
  readonly last: number
  readonly day: number
}

interface StateRow {
  readonly read: number
  readonly starred: number
  readonly note: string
}

const FACTS =
  'story.id, story.docid, story.url, story.author, story.lang, story.published, story.fetched, story.copy_of, story.source_id'
const TEXTS_ALONE = 'story.id, story.docid, story.title, story.summary, story.text'
const TEXTS = `${FACTS}, story.title, story.summary, story.text`

/** The columns that a check reads. */
const columnsOf = ({ text, facts }: Check): string => (text ? (facts ? TEXTS : TEXTS_ALONE) : FACTS)

function subjectOf(row: Row, source: SubjectSource | undefined): Subject {
  return {
    title: row.title ?? '',
    summary: row.summary ?? '',
    text: row.text ?? '',
    url: row.url,
    author: row.author,
    lang: row.lang,
    published: row.published,
    fetched: row.fetched,
    copy: row.copy_of !== null,
    source,
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  if (known.has(key)) return known.get(key) as V
  const found = find()
  known.set(key, found)
  return found
}

function valuesThatHold(
  values: ReadonlyMap<string, readonly number[]>,
  holds: (id: number) => boolean,
): ReadonlySet<string> {
  return new Set([...values].flatMap(([value, ids]) => (ids.some(holds) ? [value] : [])))
}

function below(plan: Plan, cursor: string | undefined): Plan {
  if (cursor === undefined) return plan
  const docid = Number(cursor)
  return Number.isSafeInteger(docid) && docid >= 0 ? { ...plan, to: Math.min(plan.to, docid) } : plan
}

/** The docids of a plan below `to` as one SELECT; in order and limited where a limit is given. */
function docids(plan: Plan, to: number, limit?: number): Sql {
  const conditions = plan.where.map(({ text }) => ` AND ${text}`).join('')
  const needsStory = conditions.includes('story.')
  const selects = plan.sets.map(({ column, from, story, where }) => {
    const join =
      needsStory && !story ? ` CROSS JOIN story INDEXED BY story_facts ON story.docid = ${column}` : ''
    const inRange = `${column} >= ? AND ${column} < ?`
    // The plus keeps SQLite from looking up the parts of an OR by rowid: full text could then not be asked at all.
    const docid = column === 'story_words.rowid' ? `+${column}` : column
    return `SELECT ${column} AS docid FROM ${from}${join} WHERE ${where.text} AND ${inRange}${conditions.replaceAll('$docid', docid)}`
  })
  const params = plan.sets.flatMap(({ where }) => [
    ...where.params,
    // FTS5 takes a range of rowids only as 64-bit integers.
    BigInt(plan.from),
    BigInt(to),
    ...plan.where.flatMap((condition) => condition.params),
  ])
  // UNION merges its parts in this order, without collecting them first.
  const order = limit === undefined ? '' : ` ORDER BY docid DESC LIMIT ${limit}`
  return { text: selects.join(' UNION ') + order, params }
}

function select(plan: Plan, columns: string, to: number, limit: number): Sql {
  const { text, params } = docids(plan, to, limit)
  return {
    text: `SELECT ${columns} FROM (${text}) AS found CROSS JOIN story ON story.docid = found.docid ORDER BY found.docid DESC`,
    params,
  }
}

function count(plan: Plan): Sql {
  const { text, params } = docids(plan, plan.to)
  return { text: `SELECT count(*) AS n FROM (${text})`, params }
}

function countSlice(plan: Plan, to: number): Sql {
  const { text, params } = docids(plan, to, COUNTED_AT_ONCE)
  return { text: `SELECT count(*) AS n, min(docid) AS last FROM (${text})`, params }
}

function histogram(plan: Plan, day: (docid: string) => string): Sql {
  const { text, params } = docids(plan, plan.to)
  return { text: `SELECT ${day('docid')} AS day, count(*) AS n FROM (${text}) GROUP BY 1`, params }
}
