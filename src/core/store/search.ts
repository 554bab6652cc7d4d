import type Database from 'better-sqlite3'
import type { Query } from '../query/ast.ts'
import { createEvaluator } from '../query/matcher.ts'
import type { Subject } from '../query/subject.ts'
import { tokenise } from '../query/tokenise.ts'
import { walk } from '../query/use.ts'
import { localDays } from './localDays.ts'
import type { Db } from './open.ts'
import { type Drive, END, type Plan, type PlanContext, planCount, planList, type Sql } from './searchPlan.ts'
import { sourceReader } from './sourceFilter.ts'

export type SearchContext = PlanContext

/** A story that matches. `subject` where the caller asked for it. */
export interface Match {
  readonly id: number
  readonly docid: number
  readonly subject?: Subject
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
  /** Matches by local day (days since 1970-01-01), days without any left out. */
  histogram(query: Query): Map<number, number>
  /** All matches, newest first, read as they are asked for; nothing is held open between two. */
  iterate(
    query: Query,
    options?: { from?: number | undefined; to?: number | undefined; subjects?: boolean | undefined },
  ): Iterable<Match>
}

export function createSearch(db: Db, context: () => SearchContext): Search {
  const statements = new Map<string, Database.Statement<unknown[]>>()
  const prepare = (text: string): Database.Statement<unknown[]> => {
    let made = statements.get(text)
    if (made === undefined) {
      if (statements.size >= KEPT_STATEMENTS) statements.clear()
      made = db.prepare<unknown[]>(text)
      statements.set(text, made)
    }
    return made
  }
  const all = ({ text, params }: Sql): Row[] => prepare(text).all(...params) as Row[]
  const one = ({ text, params }: Sql): Row => prepare(text).get(...params) as Row
  const sources = sourceReader(db)

  /** Rows of a plan from `before` down, `size` candidates at a time at first, more when there are many. */
  function* matches(plan: Plan, asked: SearchContext, size: number, subjects: boolean): Generator<Match> {
    if (plan.drive.kind === 'none') return
    const check = plan.residual === null ? null : checker(plan.residual, asked)
    const columns = subjects || check?.text ? TEXTS : check !== null ? FACTS : 'story.id, story.docid'
    let before = plan.to
    for (let chunk = Math.max(size, FIRST_CHUNK); ; chunk = Math.min(chunk * 4, LAST_CHUNK)) {
      const rows = all(select(plan, columns, before, chunk))
      for (const row of rows) {
        const subject = subjects || check !== null ? subjectOf(row) : undefined
        if (check !== null && !check.holds(row, subject as Subject)) continue
        yield subjects
          ? { id: row.id, docid: row.docid, subject: subject as Subject }
          : { id: row.id, docid: row.docid }
      }
      if (rows.length < chunk) return
      before = (rows.at(-1) as Row).docid
    }
  }

  /** The evaluator for what full text could not decide. Tags and hits are looked up only where it asks for them. */
  function checker(
    residual: Query,
    asked: SearchContext,
  ): { text: boolean; holds(row: Row, subject: Subject): boolean } {
    const themes = new Map<string, readonly number[]>()
    const alerts = new Map<string, readonly number[]>()
    let text = false
    let states = false
    walk(residual, (node) => {
      if (node.type === 'filter' && node.field === 'theme') themes.set(node.value, asked.themes(node.value))
      else if (node.type === 'filter' && node.field === 'alert')
        alerts.set(node.value, asked.alerts(node.value))
      else if (node.type === 'state') states = true
      else if (node.type === 'filter' && node.field === 'entity') text = true
      else if (['words', 'concept', 'window'].includes(node.type)) text = true
    })
    const evaluator = createEvaluator(residual, asked)
    const tagged = prepare('SELECT 1 FROM tag WHERE theme_id = ? AND docid = ?').pluck()
    const hit = prepare('SELECT 1 FROM hit WHERE alert_id = ? AND story_id = ?').pluck()
    const state = prepare('SELECT read, starred, note FROM story_state WHERE story_id = ?')
    const holding = (
      values: ReadonlyMap<string, readonly number[]>,
      test: (id: number) => boolean,
    ): ReadonlySet<string> => new Set([...values].flatMap(([value, ids]) => (ids.some(test) ? [value] : [])))
    return {
      text,
      holds(row, plain) {
        const now = states ? (state.get(row.id) as StateRow | undefined) : undefined
        const subject: Subject = {
          ...plain,
          read: now?.read === 1,
          starred: now?.starred === 1,
          note: (now?.note ?? '') !== '',
          themes: holding(themes, (id) => tagged.get(id, row.docid) !== undefined),
          alerts: holding(alerts, (id) => hit.get(id, row.id) !== undefined),
        }
        return evaluator.matches(tokenise(subject), asked.now)
      },
    }
  }

  function subjectOf(row: Row): Subject {
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
      source: sources(row.source_id),
    }
  }

  return {
    list(query, { limit, cursor }) {
      const asked = context()
      const plan = before(planList(query, asked), cursor)
      const rows: { id: number; docid: number }[] = []
      for (const row of matches(plan, asked, plan.residual === null ? limit + 1 : limit * 2, false)) {
        if (rows.length === limit) return { rows, next: String((rows.at(-1) as Match).docid) }
        rows.push(row)
      }
      return { rows, next: null }
    },

    count(query, { budgetMs } = {}) {
      const asked = context()
      const plan = planCount(query, asked)
      if (plan.drive.kind === 'none') return { stories: 0, exact: true }
      const end = budgetMs === undefined ? Infinity : performance.now() + budgetMs
      let stories = 0
      if (plan.residual !== null) {
        for (const _ of matches(plan, asked, LAST_CHUNK, false))
          if (++stories % 64 === 0 && performance.now() > end) return { stories, exact: false }
        return { stories, exact: true }
      }
      if (budgetMs === undefined) return { stories: one(count(plan)).n, exact: true }
      for (let last = plan.to; ; ) {
        const slice = one(countSlice(plan, last))
        stories += slice.n
        if (slice.n < COUNTED_AT_ONCE) return { stories, exact: true }
        last = slice.last
        if (performance.now() > end) return { stories, exact: false }
      }
    },

    histogram(query) {
      const asked = context()
      const plan = planCount(query, asked)
      const days = new Map<number, number>()
      if (plan.drive.kind === 'none') return days
      const { first, last } = one({
        text: 'SELECT min(docid) AS first, max(docid) AS last FROM story',
        params: [],
      })
      if (first === null) return days
      const calendar = localDays(first, last, asked.timeZone)
      if (plan.residual === null) {
        for (const { day, n: stories } of all(histogramOf(plan, calendar.sql))) days.set(day, stories)
        return days
      }
      for (const { docid } of matches(plan, asked, LAST_CHUNK, false)) {
        const day = calendar.day(docid)
        days.set(day, (days.get(day) ?? 0) + 1)
      }
      return days
    },

    *iterate(query, { from = 0, to = END, subjects = false } = {}) {
      const asked = context()
      const plan = planList(query, asked)
      const range = { ...plan, from: Math.max(plan.from, from), to: Math.min(plan.to, to) }
      yield* matches(range, asked, FIRST_CHUNK, subjects)
    },
  }
}

const KEPT_STATEMENTS = 200
const FIRST_CHUNK = 64
const LAST_CHUNK = 4096
const COUNTED_AT_ONCE = 20_000

interface Row {
  id: number
  docid: number
  title?: string
  summary?: string
  text?: string
  url: string
  author: string
  lang: string
  published: number
  fetched: number
  copy_of: number | null
  source_id: number
  n: number
  first: number | null
  last: number
  day: number
}

interface StateRow {
  read: number
  starred: number
  note: string
}

const FACTS =
  'story.id, story.docid, story.url, story.author, story.lang, story.published, story.fetched, story.copy_of, story.source_id'
const TEXTS = `${FACTS}, story.title, story.summary, story.text`

function before(plan: Plan, cursor: string | undefined): Plan {
  if (cursor === undefined) return plan
  const docid = Number(cursor)
  return Number.isSafeInteger(docid) && docid >= 0 ? { ...plan, to: Math.min(plan.to, docid) } : plan
}

/** FTS5 takes a range of rowids only as 64-bit integers: docids are bound as such. */
const range = (plan: Plan, to: number): bigint[] => [BigInt(plan.from), BigInt(to)]

/** Where a plan's docids come from: a FROM and WHERE over them, with `story` beside where it is asked for. */
function source(plan: Plan, to: number, story: boolean): { docid: string; body: Sql } {
  const conditions = plan.where.map(({ text }) => text)
  const params = plan.where.flatMap((w) => w.params)
  const joined = story || conditions.length > 0
  const and = (own: string[]): string => [...own, ...conditions].join(' AND ')
  const drive = plan.drive as Exclude<Drive, { kind: 'none' }>
  switch (drive.kind) {
    case 'match': {
      const where = and(['story_words MATCH ?', 'story_words.rowid >= ?', 'story_words.rowid < ?'])
      const join = joined ? ' CROSS JOIN story ON story.docid = story_words.rowid' : ''
      return {
        docid: 'story_words.rowid',
        body: {
          text: `FROM story_words${join} WHERE ${where}`,
          params: [drive.match, ...range(plan, to), ...params],
        },
      }
    }
    case 'stories':
      return {
        docid: 'story.docid',
        body: {
          text: `FROM story WHERE ${and(['story.docid >= ?', 'story.docid < ?'])}`,
          params: [...range(plan, to), ...params],
        },
      }
    case 'sets': {
      if (drive.sets.length === 0)
        return { docid: 'story.docid', body: { text: 'FROM story WHERE 0', params: [] } }
      const sets = drive.sets.map(
        ({ column, from, where }) =>
          `SELECT ${column} AS docid FROM ${from} WHERE ${where.text} AND ${column} >= ? AND ${column} < ?`,
      )
      const join = joined ? ' CROSS JOIN story ON story.docid = matching.docid' : ''
      const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
      return {
        docid: 'matching.docid',
        body: {
          text: `FROM (${sets.join(' UNION ')} ORDER BY docid DESC) AS matching${join}${where}`,
          params: [...drive.sets.flatMap((set) => [...set.where.params, ...range(plan, to)]), ...params],
        },
      }
    }
  }
}

function select(plan: Plan, columns: string, to: number, limit: number): Sql {
  const { docid, body } = source(plan, to, true)
  return {
    text: `SELECT ${columns} ${body.text} ORDER BY ${docid} DESC LIMIT ?`,
    params: [...body.params, limit],
  }
}

function count(plan: Plan): Sql {
  const { body } = source(plan, plan.to, false)
  return { text: `SELECT count(*) AS n ${body.text}`, params: body.params }
}

function countSlice(plan: Plan, to: number): Sql {
  const { docid, body } = source(plan, to, false)
  return {
    text: `SELECT count(*) AS n, min(docid) AS last FROM (SELECT ${docid} AS docid ${body.text} ORDER BY ${docid} DESC LIMIT ${COUNTED_AT_ONCE})`,
    params: body.params,
  }
}

function histogramOf(plan: Plan, day: (docid: string) => string): Sql {
  const { docid, body } = source(plan, plan.to, false)
  return { text: `SELECT ${day(docid)} AS day, count(*) AS n ${body.text} GROUP BY 1`, params: body.params }
}
